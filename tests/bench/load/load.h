/* The load client: many WebSocket connections in one thread, each of which knows exactly what it has received.

   main.c     one run: connect, wait for "go", a scenario, one line of JSON
   plan.c     what to do, read from a file the runner wrote
   client.c   one connection: TCP, the upgrade, the opening conversation, reading and sending
   frames.c   WebSocket frames, both ways
   wire.c     the little of Kring's own messages that has to be understood
   measure.c  clock, histogram, what the kernel says of the server
   flood.c, storm.c, idle.c, comeback.c: the scenarios; another one is another file and a line in main.c */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* ---- bytes ---------------------------------------------------------------------------------------------------- */

typedef struct {
    unsigned char *at;
    size_t size, room;
} Bytes;

void bytes_add(Bytes *bytes, const void *more, size_t size);
void bytes_drop_first(Bytes *bytes, size_t size);

/* Say why on standard error and end: a run that cannot go on has no result. */
void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* ---- the plan ------------------------------------------------------------------------------------------------- */

enum { MOST_STEPS = 16, MOST_MESSAGES = 64 };

/* A step of the opening conversation: say `what`, or wait until a message holds it. */
typedef struct {
    bool says;
    Bytes what;
    Bytes again; /* said instead by who has been there: with the position it has */
} Step;

typedef struct {
    char scenario[32], address[64], subprotocol[64];
    int port, clients, at_once;
    pid_t server;
    bool binary;
    Bytes upgrade; /* the HTTP request; {each} stands for the connection's own line of `each` */
    char **each;
    Bytes hole;   /* whatever a connection says: this stands for its own line of `fills`, which is as long */
    char **fills;
    Step steps[MOST_STEPS];
    int step_count;
    Bytes question, answer; /* a whole message that asks for an answer (Engine.IO's ping) */
    Bytes heartbeat;
    double heartbeat_s;
    Bytes messages[MOST_MESSAGES]; /* ######## stands for the message's number */
    int message_count;
    int breath_us; /* between two looks at the connections: a server that wakes its client pays for that */
    int most;      /* messages, warming up included */
    int in_flight; /* at a time; or else: */
    double rate;   /* messages per second */
    double warm_up_s, seconds, linger_s, patience_s;
    int deaf;    /* the last so many connections do not read until the others have everything */
    int each_says; /* storm: commands per connection */
    int follows;   /* storm: whether everybody must see, in Kring's own messages, what the commands came to */
    int group;     /* flood: connections in each room; 0: all of them in one */
    int tally;     /* storm: the votes of each question in the end */
} Plan;

extern Plan plan;
void read_plan(const char *path);

/* ---- connections ---------------------------------------------------------------------------------------------- */

typedef enum { ABSENT, CONNECTING, UPGRADING, OPENING, READY } State;

typedef struct {
    int fd, number, step;
    State state;
    bool deaf;
    Bytes rest;    /* the beginning of something whose end hasn't arrived */
    Bytes message; /* fragments of a message */
    int64_t seq;   /* Kring: where it is in its room, and what it says of that when it comes back; comeback.c */
    char mark[16], eyes[16];
    uint64_t bytes;
} Client;

extern Client *clients;
extern int ready_count;
extern uint64_t reads, messages_in;

void client_open(Client *client);
void client_event(Client *client, uint32_t events);
void client_say(Client *client, const Bytes *what, int number);
void client_step(Client *client, const Step *step);
void client_listen(Client *client, bool listens);
void client_drop(Client *client);

/* ---- frames --------------------------------------------------------------------------------------------------- */

enum { TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

/* A masked frame of `payload`, with every ######## replaced by `number` unless that is negative; its size. */
size_t frame_build(unsigned char *into, size_t room, int opcode, const Bytes *payload, int number);
/* Take the whole frames of the `size` bytes at `at`; how many bytes they were. */
size_t frames_take(Client *client, unsigned char *at, size_t size);
/* Call `found` with each number that stands behind `prefix` (4 bytes). */
void numbers_in(const unsigned char *at, size_t size, const char *prefix, void (*found)(Client *, int), Client *client);

/* ---- Kring's messages ----------------------------------------------------------------------------------------- */

bool wire_is(const unsigned char *at, size_t size, const char *type);
/* Put the connection's position where the template of a join has SSSSSSSS, MMMMMMMMMMM and EEEEEEEEEEEE. */
const Bytes *wire_join(const Client *client, const Bytes *what);
/* The position that a joined, change or done names. */
bool wire_seq(const unsigned char *at, size_t size, int64_t *seq);
/* What stands behind `key` (with its length byte): a short text, a number, true. */
bool wire_text(const unsigned char *at, size_t size, const char *key, char *into, size_t room);
bool wire_number(const unsigned char *at, size_t size, const char *key, int64_t *value);
bool wire_true(const unsigned char *at, size_t size, const char *key);
/* Call `found` with the id (16 bytes) and the votes of each question. */
void wire_tallies(const unsigned char *at, size_t size, void (*found)(Client *, const unsigned char *id, int64_t votes),
                  Client *client);

/* ---- measuring ------------------------------------------------------------------------------------------------ */

extern int64_t now; /* nanoseconds; as of the last look at the clock */
int64_t look_at_clock(void);

typedef struct {
    uint64_t counts[64 * 64], total;
    int64_t most_us;
} Histogram;

void histogram_add(Histogram *histogram, int64_t us);
int64_t histogram_at(const Histogram *histogram, double fraction);

typedef struct {
    double user_s, system_s, load_s;
    int64_t at;
} Moment;

Moment moment(void); /* what the server and this process have used of the processor until now */
long server_rss_kib(void);

/* ---- scenarios ------------------------------------------------------------------------------------------------ */

enum { NEVER_NS = -1 };
#define SECOND_NS 1000000000LL

typedef struct {
    const char *name;
    void (*begin)(void);
    void (*heard)(Client *client, const unsigned char *at, size_t size); /* a whole message */
    void (*opened)(Client *client, const unsigned char *at, size_t size); /* if not NULL: what ended the opening */
    void (*closed)(Client *client);                                      /* by the server; none: that ends the run */
    int64_t (*tick)(void); /* do what is due; when to be called again, or NEVER_NS: after the next event */
    bool (*over)(void);
    void (*report)(void); /* its own fields of the JSON line, each ending with a comma */
} Scenario;

extern const Scenario *scenario;
extern const Scenario flood, storm, idle, comeback;

void report_moments(const Moment *from, const Moment *to);
void report_latency(const char *name, const Histogram *histogram);

#endif
