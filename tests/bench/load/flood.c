/* Everybody is to receive every message: `in_flight` at a time (one is back when its sender has received it), or so
   many per second. Each connection keeps the set of the messages it has received; the sets must equal what was sent.

   With `group` there are many rooms, of so many connections each, and everybody is everybody in the room. The k-th
   message of room g has the number k * rooms + g.

   Warming up comes first, with 4 in flight, and is not measured: compilers that learn as they go have learnt by then. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>

#define PREFIX "~id:"
enum { WARM_IN_FLIGHT = 4 };

static enum { WARMING, MEASURING, LINGERING, CATCHING_UP, OVER } phase;
typedef struct {
    int sent, first, back; /* messages; `first`: where measuring began; `back`: received by their sender */
} Room;

static Room *rooms;
static int room_count;
static unsigned char *seen;       /* per client, a bit per message of its room */
static int64_t *sent_at;          /* per message */
static int *arrivals;             /* per message: at how many clients that listen */
static int sent;                  /* messages, of all rooms */
static int sent_before;           /* messages, while warming up */
static int hearing;               /* clients that read all the time, in each room */
static int behind;                /* deaf clients that still lack the last message */
static int64_t ends_at, last_news, began_at, caught_up_ns;
static uint64_t repeats, strays, complete, first_times;
static Histogram latency;
static Moment from, to;
static long rss_flood;                   /* KiB, with everything sent and the deaf still deaf */
static uint64_t told_hearing, told_deaf; /* Kring's changes of position, the one that catches up included */

static size_t row(void) { return (plan.most / room_count + 7) / 8; }

static int sender_of(int number) {
    return number % room_count * plan.group + (int)((long long)(number / room_count) * 7919 % hearing);
}

static void send_next(int room, int64_t at) {
    int number = rooms[room].sent++ * room_count + room;
    if (number >= plan.most)
        fail("more than %d messages: give the plan a higher `most`", plan.most);
    sent_at[number] = at;
    client_say(&clients[sender_of(number)], &plan.messages[number % plan.message_count], number);
    sent++;
}

static void begin_phase(double seconds) {
    began_at = last_news = now;
    ends_at = now + (int64_t)(seconds * SECOND_NS);
}

static void flood_begin(void) {
    if (!plan.group)
        plan.group = plan.clients;
    room_count = plan.clients / plan.group;
    if (room_count * plan.group != plan.clients || (plan.deaf && room_count > 1))
        fail("%d connections are no rooms of %d", plan.clients, plan.group);
    rooms = calloc(room_count, sizeof *rooms);
    seen = calloc(plan.clients, row());
    sent_at = calloc(plan.most, sizeof *sent_at);
    arrivals = calloc(plan.most, sizeof *arrivals);
    hearing = plan.group - plan.deaf;
    behind = plan.deaf;
    phase = WARMING;
    for (int i = 0; i < plan.deaf; i++)
        client_listen(&clients[hearing + i], false);
    begin_phase(plan.warm_up_s);
}

static void arrived(Client *client, int number) {
    Room *room = &rooms[number % room_count];
    int nth = number / room_count;
    if (nth >= room->sent || client->number / plan.group != number % room_count) {
        strays++;
        return;
    }
    unsigned char *byte = &seen[client->number * row() + nth / 8], bit = 1 << (nth % 8);
    if (*byte & bit) {
        repeats++;
        return;
    }
    *byte |= bit;
    last_news = now;
    if (plan.deaf && client->number >= hearing) {
        if (number == sent - 1 && phase == CATCHING_UP && !--behind)
            caught_up_ns = now - began_at;
        return;
    }
    first_times++;
    if (nth >= room->first && phase == MEASURING)
        histogram_add(&latency, (now - sent_at[number]) / 1000);
    if (client->number == sender_of(number))
        room->back++;
    if (++arrivals[number] == hearing)
        complete++;
}

static void heard(Client *client, const unsigned char *at, size_t size) {
    int64_t seq;
    if (wire_is(at, size, "change") && wire_seq(at, size, &seq))
        *(client->number < hearing ? &told_hearing : &told_deaf) += 1;
    numbers_in(at, size, PREFIX, arrived, client);
}

static void measure(void) {
    for (int i = 0; i < room_count; i++)
        rooms[i].first = rooms[i].sent;
    phase = MEASURING;
    sent_before = sent;
    begin_phase(plan.seconds);
    from = moment();
}

/* Everything has arrived, or nothing does any more. */
static void conclude(void) {
    to = moment();
    to.at = last_news;
    rss_flood = server_rss_kib();
    phase = LINGERING;
    begin_phase(plan.linger_s);
}

static void catch_up(void) {
    phase = behind ? CATCHING_UP : OVER;
    for (int i = 0; i < plan.deaf; i++)
        client_listen(&clients[hearing + i], true);
    begin_phase(0);
}

static int64_t send_due(void) {
    if (now >= ends_at)
        return NEVER_NS;
    if (phase == WARMING || !plan.rate) {
        int most = phase == WARMING && room_count == 1 ? WARM_IN_FLIGHT : plan.in_flight;
        for (int i = 0; i < room_count; i++)
            while (rooms[i].sent - rooms[i].back < most)
                send_next(i, now);
        return ends_at;
    }
    int64_t due;
    while ((due = began_at + (int64_t)((sent - sent_before) / plan.rate * SECOND_NS)) <= now && due < ends_at)
        send_next(sent % room_count, due);
    return due < ends_at ? due : ends_at;
}

/* One step at a time: what a phase has come to is asked before the next begins. */
static void move_on(void) {
    bool patient = now - last_news < (int64_t)(plan.patience_s * SECOND_NS);
    bool all = complete == (uint64_t)sent && now >= ends_at;
    if (phase == WARMING && all)
        measure();
    else if (phase == WARMING && !patient)
        fail("after %d messages, while warming up, some arrived nowhere", sent);
    else if (phase == MEASURING && (all || !patient))
        conclude();
    else if (phase == LINGERING && now >= ends_at)
        catch_up();
    else if (phase == CATCHING_UP && !patient)
        phase = OVER;
}

static int64_t flood_tick(void) {
    move_on();
    if (phase == CATCHING_UP && !behind)
        phase = OVER;
    if (phase == LINGERING)
        return ends_at;
    return phase == WARMING || phase == MEASURING ? send_due() : NEVER_NS;
}

static bool flood_over(void) { return phase == OVER; }

static void flood_report(void) {
    uint64_t measured = 0;
    for (int i = 0; i < plan.most; i++)
        measured += i / room_count >= rooms[i % room_count].first ? arrivals[i] : 0;
    report_moments(&from, &to);
    report_latency("latency", &latency);
    printf("\"sent\":%d,\"deliveries\":%llu,\"missing\":%llu,\"repeats\":%llu,\"strays\":%llu,", sent - sent_before,
           (unsigned long long)measured, (unsigned long long)((uint64_t)(sent - sent_before) * hearing - measured),
           (unsigned long long)repeats, (unsigned long long)strays);
    printf("\"rss_flood_kib\":%ld,\"told_hearing\":%llu,\"told_deaf\":%llu,", rss_flood,
           (unsigned long long)told_hearing, (unsigned long long)told_deaf);
    printf("\"all_sent\":%d,\"still_behind\":%d,\"caught_up_s\":%.3f,", sent, behind, caught_up_ns / 1e9);
}

const Scenario flood = {
    .name = "flood",
    .begin = flood_begin,
    .heard = heard,
    .tick = flood_tick,
    .over = flood_over,
    .report = flood_report,
};
