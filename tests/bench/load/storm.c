/* Everybody says `each_says` commands, the next one when the one before is answered: by a message that holds the
   command's number behind "~do:", sent to whoever said it. Connection i says message (i + k) modulo their count.

   With `follows` the server is Kring, and everybody also has to see what all of it came to. An answer names the
   position of the room at which the command counted; a connection has seen the command once it has been told of a
   change up to there. `tally`: what each question's votes must be in the end, on every connection. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "~do:"
enum { MOST_TALLIES = 64 };

typedef struct {
    int64_t seq, at;
} Told;

typedef struct {
    Told *told; /* the positions it was told of, and when */
    size_t count, room;
    unsigned char ids[MOST_TALLIES][16];
    int64_t votes[MOST_TALLIES];
    int tallies;
} View;

static int *said;         /* per client */
static int64_t *said_at;  /* per command */
static int64_t *counted;  /* per command: the position its answer named; 0: not answered yet */
static View *views;       /* per client */
static int finished;      /* clients that have all their answers */
static int current;       /* clients that have seen the last command, once all are answered */
static uint64_t answered, strays, bytes_before;
static int64_t last_news, last_seq;
static bool over;
static Histogram latency, seen, stale;
static Moment from, to;

static uint64_t bytes_in(void) {
    uint64_t bytes = 0;
    for (int i = 0; i < plan.clients; i++)
        bytes += clients[i].bytes;
    return bytes;
}

static void say_next(Client *client) {
    int i = client->number, k = said[i]++, number = i * plan.each_says + k;
    said_at[number] = now;
    client_say(client, &plan.messages[(i + k) % plan.message_count], number);
}

static void storm_begin(void) {
    said = calloc(plan.clients, sizeof *said);
    said_at = calloc((size_t)plan.clients * plan.each_says, sizeof *said_at);
    counted = calloc((size_t)plan.clients * plan.each_says, sizeof *counted);
    views = calloc(plan.clients, sizeof *views);
    bytes_before = bytes_in();
    last_news = now;
    from = moment();
    for (int i = 0; i < plan.clients; i++)
        say_next(&clients[i]);
}

/* ---- answers ---------------------------------------------------------------------------------------------------- */

static int64_t answered_seq; /* of the message that is being read */

static void answer(Client *client, int number) {
    int i = client->number;
    if (number != i * plan.each_says + said[i] - 1 || counted[number]) {
        strays++;
        return;
    }
    answered++;
    last_news = now;
    counted[number] = answered_seq;
    if (answered_seq > last_seq)
        last_seq = answered_seq;
    histogram_add(&latency, (now - said_at[number]) / 1000);
    if (said[i] < plan.each_says)
        say_next(client);
    else
        finished++;
}

/* ---- what everybody sees ---------------------------------------------------------------------------------------- */

static void tally(Client *client, const unsigned char *id, int64_t votes) {
    View *view = &views[client->number];
    int i = 0;
    while (i < view->tallies && memcmp(view->ids[i], id, 16))
        i++;
    if (i == MOST_TALLIES)
        fail("more than %d questions", MOST_TALLIES);
    if (i == view->tallies)
        memcpy(view->ids[view->tallies++], id, 16);
    view->votes[i] = votes;
}

static void told(Client *client, int64_t seq) {
    View *view = &views[client->number];
    if (view->count == view->room) {
        view->room = view->room ? view->room * 2 : 256;
        view->told = realloc(view->told, view->room * sizeof *view->told);
    }
    view->told[view->count++] = (Told){seq, now};
    last_news = now;
}

static void heard(Client *client, const unsigned char *at, size_t size) {
    int64_t seq = 0;
    answered_seq = 1;
    if (wire_is(at, size, "refused"))
        fail("a command was refused: %.*s", (int)size, (const char *)at);
    if (plan.follows) {
        if (wire_is(at, size, "change")) {
            wire_tallies(at, size, tally, client);
            if (wire_seq(at, size, &seq))
                told(client, seq);
            return;
        }
        if (!wire_is(at, size, "done"))
            return;
        if (!wire_seq(at, size, &answered_seq))
            fail("an answer without a position");
    }
    numbers_in(at, size, PREFIX, answer, client);
}

static int64_t seen_upto(const View *view) { return view->count ? view->told[view->count - 1].seq : 0; }

static bool everybody_current(void) {
    if (finished < plan.clients)
        return false;
    while (plan.follows && current < plan.clients && seen_upto(&views[current]) >= last_seq)
        current++;
    return !plan.follows || current == plan.clients;
}

static int64_t storm_tick(void) {
    bool patient = now - last_news <= (int64_t)(plan.patience_s * SECOND_NS);
    if (!over && (everybody_current() || !patient)) {
        over = true;
        to = moment();
        to.at = last_news;
    }
    return NEVER_NS;
}

static bool storm_over(void) { return over; }

/* ---- how old what they saw was ---------------------------------------------------------------------------------- */

/* When a connection had seen each position, 1 up to last_seq; 0: never. */
static void arrivals(const View *view, int64_t *when) {
    int64_t seq = 0;
    for (size_t i = 0; i < view->count; i++)
        while (seq < view->told[i].seq && seq < last_seq)
            when[++seq] = view->told[i].at;
    while (seq < last_seq)
        when[++seq] = 0;
}

static void measure_views(void) {
    uint64_t commands = (uint64_t)plan.clients * plan.each_says;
    int64_t *when = calloc(last_seq + 1, sizeof *when), *first = calloc(last_seq + 1, sizeof *first);
    for (int i = 0; i < plan.clients; i++) {
        arrivals(&views[i], when);
        for (int64_t seq = 1; seq <= last_seq; seq++)
            if (when[seq] && (!first[seq] || when[seq] < first[seq]))
                first[seq] = when[seq];
    }
    for (int i = 0; i < plan.clients; i++) {
        arrivals(&views[i], when);
        for (uint64_t k = 0; k < commands; k++) {
            int64_t at = counted[k] ? when[counted[k]] : 0;
            if (!at)
                continue;
            histogram_add(&seen, (at - said_at[k]) / 1000);
            histogram_add(&stale, (at - first[counted[k]]) / 1000);
        }
    }
    free(when);
    free(first);
}

static uint64_t wrong_tallies(void) {
    uint64_t wrong = 0;
    for (int i = 0; plan.tally && i < plan.clients; i++) {
        int right = 0;
        for (int q = 0; q < views[i].tallies; q++)
            right += views[i].votes[q] == plan.tally;
        wrong += plan.message_count - right;
    }
    return wrong;
}

static void storm_report(void) {
    uint64_t wanted = (uint64_t)plan.clients * plan.each_says;
    if (plan.follows)
        measure_views();
    report_moments(&from, &to);
    report_latency("latency", &latency);
    report_latency("seen", &seen);
    report_latency("stale", &stale);
    printf("\"commands\":%llu,\"answered\":%llu,\"missing\":%llu,\"strays\":%llu,\"storm_bytes\":%llu,",
           (unsigned long long)wanted, (unsigned long long)answered, (unsigned long long)(wanted - answered),
           (unsigned long long)strays, (unsigned long long)(bytes_in() - bytes_before));
    printf("\"behind\":%d,\"wrong_tallies\":%llu,", plan.follows ? plan.clients - current : 0,
           (unsigned long long)wrong_tallies());
}

const Scenario storm = {
    .name = "storm",
    .begin = storm_begin,
    .heard = heard,
    .tick = storm_tick,
    .over = storm_over,
    .report = storm_report,
};
