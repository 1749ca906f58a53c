/* Everybody is there for `seconds`, heartbeats on, and says nothing else. Before that, for `warm_up_s`, what arriving
   brought about comes to its end. */
#include "load.h"

#include <stdio.h>

static int64_t begins_at;
static bool began;
static uint64_t pongs, others;
static Moment from;

static int64_t ends_at(void) { return begins_at + (int64_t)(plan.seconds * SECOND_NS); }

static void idle_begin(void) { begins_at = now + (int64_t)(plan.warm_up_s * SECOND_NS); }

static void heard(Client *client, const unsigned char *at, size_t size) {
    (void)client;
    *(wire_is(at, size, "pong") ? &pongs : &others) += 1;
}

static int64_t idle_tick(void) {
    if (began || now < begins_at)
        return began ? ends_at() : begins_at;
    began = true;
    pongs = others = 0;
    begins_at = now;
    from = moment();
    return ends_at();
}

static bool idle_over(void) { return began && now >= ends_at(); }

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
