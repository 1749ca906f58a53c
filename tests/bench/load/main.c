/* load PLAN: connects, prints {"event":"ready"}, waits for "go" on standard input, runs the scenario, prints what came
   of it as one line of JSON. Exit code 1 and a sentence on standard error when it cannot go on. */
#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

int watching;
const Scenario *scenario;

static const Scenario *const scenarios[] = {&flood, &storm, &idle, &comeback};
static int timer, asked_to_go;
static int64_t first_beat, next_beat;
static uint64_t beats;

void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("load: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

void bytes_add(Bytes *bytes, const void *more, size_t size) {
    if (bytes->size + size > bytes->room) {
        bytes->room = (bytes->size + size) * 2;
        bytes->at = realloc(bytes->at, bytes->room);
        if (!bytes->at)
            fail("out of memory");
    }
    if (size)
        memcpy(bytes->at + bytes->size, more, size);
    bytes->size += size;
}

void bytes_drop_first(Bytes *bytes, size_t size) {
    bytes->size -= size;
    memmove(bytes->at, bytes->at + size, bytes->size);
}

/* Heartbeats of all connections, evenly spread over the period. When the next is due. */
static int64_t beat(void) {
    if (!plan.heartbeat.size)
        return NEVER_NS;
    int64_t period = plan.heartbeat_s * SECOND_NS;
    while (next_beat <= now) {
        Client *client = &clients[beats++ % plan.clients];
        if (client->state == READY && !client->deaf)
            client_say(client, &plan.heartbeat, -1);
        next_beat = first_beat + (int64_t)((double)beats * period / plan.clients);
    }
    return next_beat;
}

static void wake_at(int64_t at) {
    static int64_t armed = NEVER_NS;
    if (at == armed)
        return;
    armed = at;
    struct itimerspec when = {.it_value = {at / SECOND_NS, at % SECOND_NS}};
    if (at == NEVER_NS)
        when.it_value = (struct timespec){0};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

static void turn(void) {
    const struct timespec breath = {0, plan.breath_us * 1000L};
    if (plan.breath_us)
        nanosleep(&breath, NULL);
    struct epoll_event events[1024];
    int count = epoll_wait(watching, events, 1024, 1000);
    if (count < 0 && errno != EINTR)
        fail("epoll_wait: %s", strerror(errno));
    look_at_clock();
    for (int i = 0; i < count; i++) {
        char ignored[64];
        if (events[i].data.ptr == &timer) {
            if (read(timer, ignored, 8) < 0)
                continue;
        } else if (events[i].data.ptr == &asked_to_go) {
            if (read(0, ignored, sizeof ignored) < 1)
                fail("nobody waits for the result any more");
            asked_to_go = true;
            epoll_ctl(watching, EPOLL_CTL_DEL, 0, NULL);
        } else {
            client_event(events[i].data.ptr, events[i].events);
        }
    }
    look_at_clock();
}

static void watch(int descriptor, void *what) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = what};
    if (epoll_ctl(watching, EPOLL_CTL_ADD, descriptor, &event))
        fail("epoll_ctl: %s", strerror(errno));
}

static void connect_all(void) {
    int64_t patience = look_at_clock() + (int64_t)(plan.patience_s * SECOND_NS);
    int opened = 0, ready = 0;
    while (ready_count < plan.clients) {
        for (; opened < plan.clients && opened - ready_count < plan.at_once; opened++)
            client_open(&clients[opened]);
        turn();
        if (ready_count > ready)
            ready = ready_count, patience = now + (int64_t)(plan.patience_s * SECOND_NS);
        if (now > patience)
            fail("only %d of %d connections came to be", ready_count, plan.clients);
    }
}

static void run(void) {
    scenario->begin();
    while (!scenario->over()) {
        int64_t tick = scenario->tick(), heart = beat();
        wake_at(tick == NEVER_NS || (heart != NEVER_NS && heart < tick) ? heart : tick);
        turn();
    }
}

static const Scenario *scenario_named(const char *name) {
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        if (!strcmp(scenarios[i]->name, name))
            return scenarios[i];
    fail("there is no scenario '%s'", name);
}

int main(int count, char **arguments) {
    if (count != 2)
        fail("usage: load PLAN");
    read_plan(arguments[1]);
    scenario = scenario_named(plan.scenario);
    watching = epoll_create1(0);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    watch(timer, &timer);
    watch(0, &asked_to_go);
    clients = calloc(plan.clients, sizeof *clients);
    for (int i = 0; i < plan.clients; i++)
        clients[i].number = i;
    long before = server_rss_kib();
    connect_all();
    printf("{\"event\":\"ready\"}\n");
    fflush(stdout);
    first_beat = next_beat = now;
    while (!asked_to_go)
        wake_at(beat()), turn();
    long joined = server_rss_kib();
    run();
    printf("{\"event\":\"result\",");
    scenario->report();
    uint64_t bytes = 0;
    for (int i = 0; i < plan.clients; i++)
        bytes += clients[i].bytes;
    printf("\"rss_before_kib\":%ld,\"rss_joined_kib\":%ld,\"rss_after_kib\":%ld,", before, joined, server_rss_kib());
    printf("\"bytes\":%llu,\"frames\":%llu,\"reads\":%llu}\n", (unsigned long long)bytes,
           (unsigned long long)messages_in, (unsigned long long)reads);
    return 0;
}
