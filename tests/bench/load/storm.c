/* Everybody says `each_says` commands, the next one when the one before is answered: by a message that holds the
   command's number behind "~do:", sent to whoever said it. Connection i says message (i + k) modulo their count. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>

#define PREFIX "~do:"

static int *said;         /* per client */
static int64_t *said_at;  /* per client */
static int finished;      /* clients */
static uint64_t answered, strays, bytes_before;
static int64_t last_news;
static bool gave_up, ended;
static Histogram latency;
static Moment from, to;

static uint64_t bytes_in(void) {
    uint64_t bytes = 0;
    for (int i = 0; i < plan.clients; i++)
        bytes += clients[i].bytes;
    return bytes;
}

static void say_next(Client *client) {
    int i = client->number, k = said[i]++;
    said_at[i] = now;
    client_say(client, &plan.messages[(i + k) % plan.message_count], i * plan.each_says + k);
}

static void storm_begin(void) {
    said = calloc(plan.clients, sizeof *said);
    said_at = calloc(plan.clients, sizeof *said_at);
    bytes_before = bytes_in();
    last_news = now;
    from = moment();
    for (int i = 0; i < plan.clients; i++)
        say_next(&clients[i]);
}

static void answer(Client *client, int number) {
    int i = client->number;
    if (number != i * plan.each_says + said[i] - 1 || said_at[i] < 0) {
        strays++;
        return;
    }
    answered++;
    last_news = now;
    histogram_add(&latency, (now - said_at[i]) / 1000);
    said_at[i] = -1;
    if (said[i] < plan.each_says)
        say_next(client);
    else
        finished++;
}

static void heard(Client *client, const unsigned char *at, size_t size) {
    numbers_in(at, size, PREFIX, answer, client);
}

static int64_t storm_tick(void) {
    gave_up = now - last_news > (int64_t)(plan.patience_s * SECOND_NS);
    if (!ended && (finished == plan.clients || gave_up)) {
        ended = true;
        to = moment();
        last_news = now;
    }
    return ended ? last_news + (int64_t)(plan.linger_s * SECOND_NS) : NEVER_NS;
}

static bool storm_over(void) { return ended && now >= last_news + (int64_t)(plan.linger_s * SECOND_NS); }

static void storm_report(void) {
    uint64_t wanted = (uint64_t)plan.clients * plan.each_says;
    report_moments(&from, &to);
    report_latency("latency", &latency);
    printf("\"commands\":%llu,\"answered\":%llu,\"missing\":%llu,\"strays\":%llu,\"storm_bytes\":%llu,",
           (unsigned long long)wanted, (unsigned long long)answered, (unsigned long long)(wanted - answered),
           (unsigned long long)strays, (unsigned long long)(bytes_in() - bytes_before));
}

const Scenario storm = {
    .name = "storm",
    .begin = storm_begin,
    .heard = heard,
    .tick = storm_tick,
    .over = storm_over,
    .report = storm_report,
};
