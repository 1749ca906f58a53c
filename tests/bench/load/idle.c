/* Everybody is there for `seconds`, heartbeats on, and says nothing else. */
#include "load.h"

#include <stdio.h>

static int64_t began_at;
static uint64_t pongs, others;
static Moment from;

static int64_t ends_at(void) { return began_at + (int64_t)(plan.seconds * SECOND_NS); }

static void idle_begin(void) {
    began_at = now;
    from = moment();
}

static void heard(Client *client, const unsigned char *at, size_t size) {
    (void)client;
    *(wire_is(at, size, "pong") ? &pongs : &others) += 1;
}

static int64_t idle_tick(void) { return ends_at(); }

static bool idle_over(void) { return now >= ends_at(); }

static void idle_report(void) {
    Moment to = moment();
    report_moments(&from, &to);
    printf("\"pongs\":%llu,\"others\":%llu,", (unsigned long long)pongs, (unsigned long long)others);
}

const Scenario idle = {
    .name = "idle",
    .begin = idle_begin,
    .heard = heard,
    .tick = idle_tick,
    .over = idle_over,
    .report = idle_report,
};
