/* Everybody is there for `seconds`, heartbeats on, and says nothing else. */
#include "load.h"

static int64_t began_at;
static Moment from;

static int64_t ends_at(void) { return began_at + (int64_t)(plan.seconds * SECOND_NS); }

static void idle_begin(void) {
    began_at = now;
    from = moment();
}

static void heard(Client *client, const unsigned char *at, size_t size) { (void)client, (void)at, (void)size; }

static int64_t idle_tick(void) { return ends_at(); }

static bool idle_over(void) { return now >= ends_at(); }

static void idle_report(void) {
    Moment to = moment();
    report_moments(&from, &to);
}

const Scenario idle = {
    .name = "idle",
    .begin = idle_begin,
    .heard = heard,
    .tick = idle_tick,
    .over = idle_over,
    .report = idle_report,
};
