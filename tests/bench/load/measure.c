/* Clock, histogram, and what the kernel says of the server. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

int64_t now;

int64_t look_at_clock(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return now = time.tv_sec * SECOND_NS + time.tv_nsec;
}

/* Exact below 64 µs, then 64 steps for each doubling: at most 1.6 % off. */
static int slot_of(int64_t us) {
    int shift = 0;
    while (us >> shift >= 128)
        shift++;
    return shift * 64 + (int)(us >> shift);
}

void histogram_add(Histogram *histogram, int64_t us) {
    if (us < 0)
        us = 0;
    histogram->counts[slot_of(us)]++;
    histogram->total++;
    if (us > histogram->most_us)
        histogram->most_us = us;
}

int64_t histogram_at(const Histogram *histogram, double fraction) {
    uint64_t wanted = histogram->total * fraction, seen = 0;
    for (int slot = 0; slot < 64 * 64; slot++) {
        seen += histogram->counts[slot];
        if (seen > wanted)
            return slot < 128 ? slot : ((int64_t)(slot % 64 + 64) << (slot / 64 - 1));
    }
    return histogram->most_us;
}

static char *server_file(const char *name) {
    static char text[8192], path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)plan.server, name);
    FILE *file = fopen(path, "r");
    if (!file && !scenario->closed)
        fail("the server is gone");
    if (!file)
        return strcpy(text, "");
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    return text;
}

Moment moment(void) {
    unsigned long user, system;
    char *fields = strrchr(server_file("stat"), ')');
    if (!fields || sscanf(fields + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
        fail("/proc/%d/stat is not understood", (int)plan.server);
    struct rusage own;
    getrusage(RUSAGE_SELF, &own);
    double ticks = sysconf(_SC_CLK_TCK);
    double load_s = own.ru_utime.tv_sec + own.ru_stime.tv_sec + (own.ru_utime.tv_usec + own.ru_stime.tv_usec) / 1e6;
    return (Moment){user / ticks, system / ticks, load_s, look_at_clock()};
}

long server_rss_kib(void) {
    char *line = strstr(server_file("status"), "VmRSS:");
    return line ? atol(line + 6) : 0;
}

void report_moments(const Moment *from, const Moment *to) {
    printf("\"wall_s\":%.6f,\"user_s\":%.3f,\"system_s\":%.3f,\"load_s\":%.3f,", (to->at - from->at) / 1e9,
           to->user_s - from->user_s, to->system_s - from->system_s, to->load_s - from->load_s);
}

void report_latency(const char *name, const Histogram *histogram) {
    printf("\"%s\":{\"p50_us\":%lld,\"p99_us\":%lld,\"max_us\":%lld},", name,
           (long long)histogram_at(histogram, 0.5), (long long)histogram_at(histogram, 0.99),
           (long long)histogram->most_us);
}
