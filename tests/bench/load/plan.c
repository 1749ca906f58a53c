/* The plan: lines of a word and a value; bytes are hexadecimal. Written by tests/bench/loading.py. */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Plan plan;

static Bytes unhex(const char *hex) {
    Bytes bytes = {0};
    unsigned byte;
    for (; sscanf(hex, "%2x", &byte) == 1 && hex[0] && hex[1]; hex += 2)
        bytes_add(&bytes, &(unsigned char){byte}, 1);
    bytes_add(&bytes, "", 1); /* so that text can be read as such */
    bytes.size--;
    return bytes;
}

static Bytes *next_message(void) {
    if (plan.message_count == MOST_MESSAGES)
        fail("more than %d messages", MOST_MESSAGES);
    return &plan.messages[plan.message_count++];
}

static Step *next_step(bool says) {
    if (plan.step_count == MOST_STEPS)
        fail("more than %d steps", MOST_STEPS);
    plan.steps[plan.step_count].says = says;
    return &plan.steps[plan.step_count++];
}

/* A line for each connection. */
static char **read_each(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file)
        fail("%s cannot be read", path);
    char **lines = calloc(plan.clients, sizeof *lines);
    for (int i = 0; i < plan.clients; i++) {
        size_t room = 0;
        ssize_t size = getline(&lines[i], &room, file);
        if (size < 1)
            fail("%s has fewer than %d lines", path, plan.clients);
        lines[i][strcspn(lines[i], "\n")] = 0;
    }
    fclose(file);
    return lines;
}

static bool read_number(const char *word, const char *value) {
    const struct {
        const char *word;
        int *into;
    } whole[] = {{"port", &plan.port},           {"clients", &plan.clients}, {"at_once", &plan.at_once},
                 {"server", &plan.server},       {"most", &plan.most},       {"in_flight", &plan.in_flight},
                 {"breath_us", &plan.breath_us},
                 {"deaf", &plan.deaf},           {"each_says", &plan.each_says}, {"follows", &plan.follows},
                 {"tally", &plan.tally},         {"group", &plan.group}};
    const struct {
        const char *word;
        double *into;
    } real[] = {{"rate", &plan.rate},         {"warm_up_s", &plan.warm_up_s},   {"seconds", &plan.seconds},
                {"linger_s", &plan.linger_s}, {"patience_s", &plan.patience_s}, {"heartbeat_s", &plan.heartbeat_s}};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (!strcmp(word, whole[i].word))
            return *whole[i].into = atoi(value), true;
    for (size_t i = 0; i < sizeof real / sizeof *real; i++)
        if (!strcmp(word, real[i].word))
            return *real[i].into = atof(value), true;
    return false;
}

static void read_line(const char *word, const char *value) {
    if (read_number(word, value))
        return;
    if (!strcmp(word, "scenario"))
        snprintf(plan.scenario, sizeof plan.scenario, "%s", value);
    else if (!strcmp(word, "address"))
        snprintf(plan.address, sizeof plan.address, "%s", value);
    else if (!strcmp(word, "subprotocol"))
        snprintf(plan.subprotocol, sizeof plan.subprotocol, "%s", value);
    else if (!strcmp(word, "binary"))
        plan.binary = true;
    else if (!strcmp(word, "each"))
        plan.each = read_each(value);
    else if (!strcmp(word, "fills"))
        plan.fills = read_each(value);
    else if (!strcmp(word, "hole"))
        plan.hole = unhex(value);
    else if (!strcmp(word, "upgrade"))
        plan.upgrade = unhex(value);
    else if (!strcmp(word, "say"))
        next_step(true)->what = unhex(value);
    else if (!strcmp(word, "again"))
        plan.steps[plan.step_count - 1].again = unhex(value);
    else if (!strcmp(word, "hear"))
        next_step(false)->what = unhex(value);
    else if (!strcmp(word, "question"))
        plan.question = unhex(value);
    else if (!strcmp(word, "answer"))
        plan.answer = unhex(value);
    else if (!strcmp(word, "heartbeat"))
        plan.heartbeat = unhex(value);
    else if (!strcmp(word, "message"))
        *next_message() = unhex(value);
    else
        fail("the plan says '%s', which is not known", word);
}

void read_plan(const char *path) {
    plan = (Plan){.at_once = 32, .linger_s = 0.3, .patience_s = 20, .most = 1 << 16};
    FILE *file = fopen(path, "r");
    if (!file)
        fail("%s cannot be read", path);
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = 0;
        char *value = strchr(line, ' ');
        if (value)
            *value++ = 0;
        if (line[0])
            read_line(line, value ? value : "");
    }
    free(line);
    fclose(file);
    if (plan.clients < 1 || plan.port < 1 || plan.deaf >= plan.clients)
        fail("the plan names no clients, or no port");
}
