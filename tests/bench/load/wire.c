/* The little of kring.v1.msgpack that this client reads: what a message is, positions, tallies. Each message comes in a
   frame of its own; its first field is `t`, and what is looked for stands within NEAR bytes of one of its ends. */
#define _GNU_SOURCE
#include "load.h"

#include <string.h>

enum { NEAR = 160 };

bool wire_is(const unsigned char *at, size_t size, const char *type) {
    size_t length = strlen(type);
    return size >= 4 + length && !memcmp(at + 1, "\xa1t", 2) && at[3] == (0xa0 | length) &&
           !memcmp(at + 4, type, length);
}

static bool unsigned_at(const unsigned char *at, const unsigned char *end, int64_t *value) {
    if (at >= end)
        return false;
    if (*at < 0x80)
        return *value = *at, true;
    if (*at < 0xcc || *at > 0xcf || end - at <= 1 << (*at - 0xcc))
        return false;
    *value = 0;
    for (int i = 1; i <= 1 << (*at - 0xcc); i++)
        *value = *value << 8 | at[i];
    return true;
}

static const unsigned char *behind(const unsigned char *at, size_t size, const char *key) {
    const unsigned char *found = memmem(at, size, key, strlen(key));
    return found ? found + strlen(key) : NULL;
}

/* Of a joined at its beginning, of a change or a done at its end. */
static const unsigned char *near_end(const unsigned char *at, size_t size, const char *key) {
    if (size <= NEAR || wire_is(at, size, "joined"))
        return behind(at, size < NEAR ? size : NEAR, key);
    return behind(at + size - NEAR, NEAR, key);
}

bool wire_seq(const unsigned char *at, size_t size, int64_t *seq) {
    const unsigned char *end = at + size, *found = NULL, *next = near_end(at, size, "\xa3seq");
    while (next) { /* the last one: an entry before it may be anybody's words */
        found = next;
        next = wire_is(at, size, "joined") ? NULL : behind(found, end - found, "\xa3seq");
    }
    return found && unsigned_at(found, end, seq);
}

bool wire_number(const unsigned char *at, size_t size, const char *key, int64_t *value) {
    const unsigned char *found = near_end(at, size, key);
    return found && unsigned_at(found, at + size, value);
}

bool wire_true(const unsigned char *at, size_t size, const char *key) {
    const unsigned char *found = near_end(at, size, key);
    return found && found < at + size && *found == 0xc3;
}

bool wire_text(const unsigned char *at, size_t size, const char *key, char *into, size_t room) {
    const unsigned char *found = near_end(at, size, key);
    size_t length = found && found < at + size ? *found & 31 : 0;
    if (!length || length >= room || found + 1 + length > at + size)
        return false;
    memcpy(into, found + 1, length);
    into[length] = 0;
    return true;
}

static void put(Bytes *into, const char *hole, const void *what, size_t size) {
    unsigned char *at = memmem(into->at, into->size, hole, strlen(hole));
    if (!at || size != strlen(hole))
        fail("%zu bytes do not go where '%s' stands", size, hole);
    memcpy(at, what, size);
}

const Bytes *wire_join(const Client *client, const Bytes *what) {
    static Bytes own;
    unsigned char seq[8];
    for (int i = 0; i < 8; i++)
        seq[i] = client->seq >> (56 - 8 * i);
    own.size = 0;
    bytes_add(&own, what->at, what->size);
    put(&own, "SSSSSSSS", seq, sizeof seq);
    put(&own, "MMMMMMMMMMM", client->mark, strlen(client->mark));
    put(&own, "EEEEEEEEEEEE", client->eyes, strlen(client->eyes));
    return &own;
}

void wire_tallies(const unsigned char *at, size_t size, void (*found)(Client *, const unsigned char *id, int64_t votes),
                  Client *client) {
    const char *type = "\xa1t\xacqna.question"; /* the first field of a record, behind its map's head: 0x8n or 0xde nnnn */
    const unsigned char *end = at + size, *record = behind(at, size, type);
    while (record) {
        const unsigned char *next = behind(record, end - record, type), *head = record - strlen(type) - 1;
        const unsigned char *id = ((*head & 0xf0) == 0x80 ? head : head - 2) - 16;
        const unsigned char *votes = behind(record, (next ? next : end) - record, "\xa5votes");
        int64_t value = 0;
        if (id > at && id[-1] == 0xb0 && votes && unsigned_at(votes, end, &value))
            found(client, id, value);
        record = next;
    }
}
