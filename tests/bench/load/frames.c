/* WebSocket frames (RFC 6455), as a client sees them. */
#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <string.h>

static uint32_t random_mask(void) {
    static uint32_t state = 2463534242u;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static size_t head_build(unsigned char *into, int opcode, size_t size) {
    into[0] = 0x80 | opcode;
    if (size < 126) {
        into[1] = 0x80 | size;
        return 2;
    }
    if (size > 65535)
        fail("this client sends no message above 64 KiB");
    into[1] = 0x80 | 126;
    into[2] = size >> 8;
    into[3] = size & 255;
    return 4;
}

static void put_number(unsigned char *at, size_t size, int number) {
    char digits[16];
    snprintf(digits, sizeof digits, "%08d", number);
    for (unsigned char *hole = at; (hole = memmem(hole, at + size - hole, "########", 8)); hole += 8)
        memcpy(hole, digits, 8);
}

size_t frame_build(unsigned char *into, size_t room, int opcode, const Bytes *payload, int number) {
    if (payload->size + 16 > room)
        fail("a message of %zu bytes is too long", payload->size);
    size_t head = head_build(into, opcode, payload->size);
    uint32_t mask = random_mask();
    unsigned char *key = into + head, *body = key + 4;
    memcpy(key, &mask, 4);
    if (payload->size)
        memcpy(body, payload->at, payload->size);
    if (number >= 0)
        put_number(body, payload->size, number);
    for (size_t i = 0; i < payload->size; i++)
        body[i] ^= key[i & 3];
    return head + 4 + payload->size;
}

static void message_arrived(Client *client, const unsigned char *at, size_t size) {
    messages_in++;
    if (plan.question.size && size == plan.question.size && !memcmp(at, plan.question.at, size)) {
        client_say(client, &plan.answer, -1);
        return;
    }
    if (client->state == READY) {
        scenario->heard(client, at, size);
        return;
    }
    while (client->step < plan.step_count) {
        const Step *step = &plan.steps[client->step];
        if (!step->says && !memmem(at, size, step->what.at, step->what.size))
            return;
        client->step++;
        if (step->says)
            client_step(client, step);
        else if (client->step == plan.step_count && scenario->opened)
            scenario->opened(client, at, size);
        if (!step->says)
            size = 0; /* one message answers one step; what is to be said after it is said */
    }
    client->state = READY;
    ready_count++;
}

static void data_arrived(Client *client, int opcode, bool final, const unsigned char *at, size_t size) {
    if (final && opcode && !client->message.size) {
        message_arrived(client, at, size);
        return;
    }
    bytes_add(&client->message, at, size);
    if (final) {
        message_arrived(client, client->message.at, client->message.size);
        client->message.size = 0;
    }
}

static void control_arrived(Client *client, int opcode, const unsigned char *at, size_t size) {
    unsigned char pong[160];
    Bytes payload = {(unsigned char *)at, size, size};
    if (opcode == PING) {
        size_t built = frame_build(pong, sizeof pong, PONG, &payload, -1);
        Bytes raw = {pong, built, built};
        client_say(client, &raw, -2); /* a frame already */
    } else if (opcode == CLOSE) {
        int code = size >= 2 ? at[0] << 8 | at[1] : 1005;
        if (!scenario->closed)
            fail("the server closed connection %d: %d %.*s", client->number, code, (int)(size > 2 ? size - 2 : 0),
                 (const char *)at + 2);
        client_drop(client);
    }
}

static bool frame_head(const unsigned char *at, size_t size, size_t *head, uint64_t *length) {
    if (size < 2)
        return false;
    *head = 2, *length = at[1] & 127;
    if (at[1] & 128)
        fail("a masked frame from the server");
    if (*length == 126) {
        *head = 4;
        if (size < 4)
            return false;
        *length = (uint64_t)at[2] << 8 | at[3];
    } else if (*length == 127) {
        *head = 10;
        if (size < 10)
            return false;
        *length = 0;
        for (int i = 2; i < 10; i++)
            *length = *length << 8 | at[i];
    }
    return size - *head >= *length;
}

size_t frames_take(Client *client, unsigned char *at, size_t size) {
    size_t taken = 0, head;
    uint64_t length;
    while (client->state != ABSENT && frame_head(at + taken, size - taken, &head, &length)) {
        const unsigned char *frame = at + taken;
        int opcode = frame[0] & 15;
        if (frame[0] & 0x70)
            fail("a compressed or extended frame from the server");
        if (opcode & 8)
            control_arrived(client, opcode, frame + head, length);
        else
            data_arrived(client, opcode, frame[0] & 128, frame + head, length);
        taken += head + length;
    }
    return taken;
}

void numbers_in(const unsigned char *at, size_t size, const char *prefix, void (*found)(Client *, int),
                Client *client) {
    const unsigned char *end = at + size;
    while ((at = memmem(at, end - at, prefix, 4)) && end - at >= 12) {
        int number = 0;
        for (int i = 4; i < 12; i++) {
            if (at[i] < '0' || at[i] > '9')
                fail("no number behind '%s'", prefix);
            number = number * 10 + at[i] - '0';
        }
        found(client, number);
        at += 12;
    }
}
