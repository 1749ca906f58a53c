/* Everybody loses the server at once, and comes back as a browser does: what each of them was told before, meanwhile and
   afterwards must together be everything that counts. Messages go on at `rate`, by whoever is connected; one that has no
   answer is said again, unchanged. Of `seconds`, counted from when everybody is back, talk goes on.

   How a browser comes back is web/client/sync/link.ts. The server listens from the earliest moment at which the system
   accepted a connection that came to something. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>

enum { BASE_MS = 250, CAP_MS = 4000, LATE_CAP_MS = 30000, EARLY_MS = 60000, ARRIVE_MS = 10000, STEADY_MS = 10000 };
enum { AGAIN_MS = 1000 };
#define MS_NS 1000000LL
#define MESSAGE "~id:"
#define COMMAND "~do:"

typedef struct {
    int attempts, tries; /* of this series, and all of them */
    int64_t down_since, not_before, retry_at, opening_since, online_since, back_at;
    bool lost, full; /* ever; given the whole room instead of what it missed */
} Life;

static Life *lives;
static unsigned char *seen; /* per client, a bit per message */
static int64_t *said_at;    /* per message; when it was said last */
static bool *answered;      /* per message */
static int sent, complete, unanswered;
static int *arrivals; /* per message */
static int back, lost;
static int64_t began_at, lost_at, listening_at, ends_at, last_news, all_back_at;
static uint64_t tries, again, refused, wholes, strays;
static Histogram returns;

static Life *life_of(const Client *client) {
    if (!lives)
        lives = calloc(plan.clients, sizeof *lives);
    return &lives[client->number];
}

/* ---- the connection's own life, as link.ts has it ---------------------------------------------------------------- */

static double chance(void) {
    static uint64_t state = 88172645463325252ull;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 11) / 9007199254740992.0;
}

static int64_t backoff_ns(int attempt, int64_t down_ns) {
    double cap = down_ns < EARLY_MS * MS_NS ? CAP_MS : LATE_CAP_MS;
    double bound = attempt > 20 ? cap : BASE_MS * (double)(1 << attempt);
    return (int64_t)(chance() * (bound < cap ? bound : cap) * MS_NS);
}

static void closed(Client *client) {
    Life *life = life_of(client);
    if (!began_at)
        fail("connection %d was lost before anything was done", client->number);
    if (!life->lost) {
        life->lost = true;
        if (!lost++)
            lost_at = now;
    }
    if (life->online_since && now - life->online_since >= STEADY_MS * MS_NS)
        life->attempts = 0, life->down_since = 0;
    life->online_since = 0;
    if (!life->down_since)
        life->down_since = now;
    int64_t from = now > life->not_before ? now : life->not_before;
    life->retry_at = from + backoff_ns(life->attempts++, now - life->down_since);
}

static void open_again(Client *client) {
    Life *life = life_of(client);
    life->opening_since = now;
    life->tries++;
    tries++;
    client_open(client);
}

/* Whoever is due; when the next one is. */
static int64_t come_back(void) {
    int64_t next = NEVER_NS;
    for (int i = 0; i < plan.clients; i++) {
        Client *client = &clients[i];
        Life *life = life_of(client);
        if (client->state != ABSENT && client->state != READY && now >= life->opening_since + ARRIVE_MS * MS_NS)
            client_drop(client);
        if (client->state == ABSENT && now >= life->retry_at)
            open_again(client);
        int64_t due = client->state == ABSENT ? life->retry_at : NEVER_NS;
        if (due != NEVER_NS && (next == NEVER_NS || due < next))
            next = due;
    }
    return next;
}

/* ---- messages --------------------------------------------------------------------------------------------------- */

static int sender_of(int number) { return (int)((long long)number * 7919 % plan.clients); }

static void say(int number) {
    said_at[number] = now;
    client_say(&clients[sender_of(number)], &plan.messages[number % plan.message_count], number);
}

static void say_next(void) {
    if (sent == plan.most)
        fail("more than %d messages", plan.most);
    unanswered++;
    if (clients[sender_of(sent)].state == READY)
        say(sent);
    else
        said_at[sent] = 0; /* it waits in the outbox */
    sent++;
}

/* What its sender has no answer to, on the connection it has now. */
static void say_again(void) {
    for (int i = 0; i < sent && unanswered; i++) {
        Client *sender = &clients[sender_of(i)];
        bool unsaid = said_at[i] < life_of(sender)->online_since;
        if (answered[i] || sender->state != READY || !(unsaid || now - said_at[i] > AGAIN_MS * MS_NS))
            continue;
        again += said_at[i] > 0;
        say(i);
    }
}

static void arrived(Client *client, int number) {
    if (number >= sent) {
        strays++;
        return;
    }
    unsigned char *byte = &seen[client->number * ((size_t)plan.most / 8) + number / 8], bit = 1 << (number % 8);
    if (*byte & bit)
        return;
    *byte |= bit;
    last_news = now;
    if (++arrivals[number] == plan.clients)
        complete++;
}

static void counted(Client *client, int number) {
    (void)client;
    if (number >= sent || answered[number])
        return;
    answered[number] = true;
    unanswered--;
}

static void keep_position(Client *client, const unsigned char *at, size_t size) {
    if (wire_seq(at, size, &client->seq) && !wire_text(at, size, "\xa4mark", client->mark, sizeof client->mark))
        fail("a position without a mark");
}

static void heard(Client *client, const unsigned char *at, size_t size) {
    int64_t retry_ms = 0;
    if (wire_is(at, size, "change"))
        keep_position(client, at, size);
    else if (wire_is(at, size, "done"))
        numbers_in(at, size, COMMAND, counted, client);
    else if (wire_is(at, size, "refused"))
        refused++; /* with `retry`: it is said again in a while */
    else if (wire_is(at, size, "bye") && wire_number(at, size, "\xa8retry_ms", &retry_ms))
        life_of(client)->not_before = now + retry_ms * MS_NS;
    numbers_in(at, size, MESSAGE, arrived, client);
}

static void opened(Client *client, const unsigned char *at, size_t size) {
    Life *life = life_of(client);
    keep_position(client, at, size);
    if (!wire_text(at, size, "\xa4" "eyes", client->eyes, sizeof client->eyes))
        fail("joined without eyes");
    life->online_since = now;
    if (!began_at)
        return;
    numbers_in(at, size, MESSAGE, arrived, client);
    if (wire_true(at, size, "\xa4" "full"))
        life->full = true, wholes++;
    if (!listening_at || life->opening_since < listening_at)
        listening_at = life->opening_since;
    if (!life->back_at) {
        life->back_at = all_back_at = now;
        back++;
    }
}

/* ---- the run ---------------------------------------------------------------------------------------------------- */

static void comeback_begin(void) {
    began_at = last_news = now;
    seen = calloc(plan.clients, plan.most / 8);
    said_at = calloc(plan.most, sizeof *said_at);
    answered = calloc(plan.most, sizeof *answered);
    arrivals = calloc(plan.most, sizeof *arrivals);
    ends_at = INT64_MAX;
}

static int64_t comeback_tick(void) {
    if (back == plan.clients && ends_at == INT64_MAX)
        ends_at = now + (int64_t)(plan.seconds * SECOND_NS);
    int64_t due, next = come_back();
    while ((due = began_at + (int64_t)(sent / plan.rate * SECOND_NS)) <= now && due < ends_at)
        say_next();
    say_again();
    return next != NEVER_NS && next < due ? next : due < ends_at ? due : ends_at;
}

static bool comeback_over(void) {
    bool patient = now - last_news < (int64_t)(plan.patience_s * SECOND_NS);
    return (now >= ends_at && complete == sent && !unanswered) || !patient;
}

static void comeback_report(void) {
    int most = 0, losers = 0;
    for (int i = 0; i < plan.clients; i++) {
        Life *life = &lives[i];
        losers += life->lost;
        most = life->tries > most ? life->tries : most;
        if (life->back_at)
            histogram_add(&returns, (life->back_at - listening_at) / 1000);
    }
    uint64_t missing = 0;
    for (int i = 0; i < sent; i++)
        missing += plan.clients - arrivals[i];
    report_latency("returns", &returns);
    printf("\"lost\":%d,\"back\":%d,\"dark_s\":%.3f,\"all_back_s\":%.3f,", losers, back,
           (listening_at - lost_at) / 1e9, (all_back_at - listening_at) / 1e9);
    printf("\"tries\":%llu,\"most_tries\":%d,\"wholes\":%llu,", (unsigned long long)tries, most,
           (unsigned long long)wholes);
    printf("\"sent\":%d,\"said_again\":%llu,\"refused\":%llu,\"unanswered\":%d,\"missing\":%llu,\"strays\":%llu,", sent,
           (unsigned long long)again, (unsigned long long)refused, unanswered, (unsigned long long)missing,
           (unsigned long long)strays);
}

const Scenario comeback = {
    .name = "comeback",
    .begin = comeback_begin,
    .opened = opened,
    .heard = heard,
    .closed = closed,
    .tick = comeback_tick,
    .over = comeback_over,
    .report = comeback_report,
};
