/* One connection: TCP, the upgrade, the opening conversation; reading and sending without ever waiting. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

extern int watching; /* the epoll descriptor, main.c */

Client *clients;
int ready_count;
uint64_t reads, messages_in;

static const int deaf_room = 32 * 1024, deaf_segment = 1400;
static unsigned char inbox[1 << 20]; /* bytes just read, of one connection at a time */

static void watch(Client *client, int how, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = client};
    if (epoll_ctl(watching, how, client->fd, &event))
        fail("epoll_ctl: %s", strerror(errno));
}

void client_open(Client *client) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(plan.port)};
    inet_pton(AF_INET, plan.address, &to.sin_addr);
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (client->fd < 0)
        fail("socket: %s", strerror(errno));
    int on = 1;
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (client->number >= plan.clients - plan.deaf) { /* as across a network: loopback alone buffers 4 MB */
        setsockopt(client->fd, SOL_SOCKET, SO_RCVBUF, &deaf_room, sizeof deaf_room);
        setsockopt(client->fd, IPPROTO_TCP, TCP_MAXSEG, &deaf_segment, sizeof deaf_segment);
    }
    client->state = CONNECTING;
    client->step = 0;
    client->rest.size = client->message.size = 0;
    if (connect(client->fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) {
        if (!scenario->closed)
            fail("connect: %s", strerror(errno));
        client_drop(client);
        return;
    }
    watch(client, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
}

void client_drop(Client *client) {
    if (client->state == READY)
        ready_count--;
    client->state = ABSENT;
    close(client->fd);
    if (scenario->closed)
        scenario->closed(client);
}

void client_listen(Client *client, bool listens) {
    client->deaf = !listens;
    watch(client, EPOLL_CTL_MOD, listens ? EPOLLIN : 0);
}

static void send_all(Client *client, const void *at, size_t size) {
    ssize_t sent = send(client->fd, at, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent != (ssize_t)size && scenario->closed)
        return; /* the close is on its way */
    if (sent != (ssize_t)size)
        fail("connection %d could not send: %s", client->number, sent < 0 ? strerror(errno) : "the buffer is full");
}

static const Bytes *filled(const Client *client, const Bytes *what) {
    static Bytes own;
    own.size = 0;
    bytes_add(&own, what->at, what->size);
    unsigned char *at = own.at, *end = own.at + own.size;
    for (; (at = memmem(at, end - at, plan.hole.at, plan.hole.size)); at += plan.hole.size)
        memcpy(at, plan.fills[client->number], plan.hole.size);
    return &own;
}

/* `number` -2: `what` is a frame already. */
void client_say(Client *client, const Bytes *what, int number) {
    unsigned char frame[65536 + 32];
    if (number == -2) {
        send_all(client, what->at, what->size);
        return;
    }
    if (plan.hole.size)
        what = filled(client, what);
    send_all(client, frame, frame_build(frame, sizeof frame, plan.binary ? BINARY : TEXT, what, number));
}

void client_step(Client *client, const Step *step) {
    bool again = step->again.size && client->mark[0];
    client_say(client, again ? wire_join(client, &step->again) : &step->what, -1);
}

static void ask_upgrade(Client *client) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(client->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error && scenario->closed) {
        client_drop(client);
        return;
    }
    if (error)
        fail("connect: %s", strerror(error));
    Bytes request = {0};
    const char *text = (const char *)plan.upgrade.at, *hole = strstr(text, "{each}");
    size_t before = hole ? (size_t)(hole - text) : plan.upgrade.size;
    bytes_add(&request, text, before);
    if (hole) {
        bytes_add(&request, plan.each[client->number], strlen(plan.each[client->number]));
        bytes_add(&request, hole + 6, plan.upgrade.size - before - 6);
    }
    send_all(client, request.at, request.size);
    free(request.at);
    client->state = UPGRADING;
    watch(client, EPOLL_CTL_MOD, EPOLLIN);
}

/* The server's consent: 101, the accept value that belongs to our key, and the subprotocol asked for. */
static size_t take_upgrade(Client *client, unsigned char *at, size_t size) {
    unsigned char *end = memmem(at, size, "\r\n\r\n", 4);
    if (!end)
        return 0;
    *end = 0;
    const char *head = (const char *)at;
    if (strncmp(head, "HTTP/1.1 101", 12) && scenario->closed) {
        client_drop(client);
        return 0;
    }
    if (strncmp(head, "HTTP/1.1 101", 12))
        fail("connection %d was not upgraded: %.200s", client->number, head);
    if (!strstr(head, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
        fail("not the answer to our key: %.300s", head);
    if (plan.subprotocol[0] && !strstr(head, plan.subprotocol))
        fail("the server does not speak %s: %.300s", plan.subprotocol, head);
    client->state = OPENING;
    while (client->step < plan.step_count && plan.steps[client->step].says)
        client_step(client, &plan.steps[client->step++]);
    if (client->step == plan.step_count) {
        client->state = READY;
        ready_count++;
    }
    return end + 4 - at;
}

static size_t take(Client *client, unsigned char *at, size_t size) {
    size_t taken = client->state == UPGRADING ? take_upgrade(client, at, size) : 0;
    if (client->state >= OPENING)
        taken += frames_take(client, at + taken, size - taken);
    return taken;
}

static void take_in(Client *client, size_t size) {
    client->bytes += size;
    if (!client->rest.size) {
        size_t taken = take(client, inbox, size);
        if (client->state != ABSENT && taken < size)
            bytes_add(&client->rest, inbox + taken, size - taken);
        return;
    }
    bytes_add(&client->rest, inbox, size);
    size_t taken = take(client, client->rest.at, client->rest.size);
    if (client->state != ABSENT)
        bytes_drop_first(&client->rest, taken);
}

void client_event(Client *client, uint32_t events) {
    if (client->state == ABSENT)
        return;
    if (client->state == CONNECTING && events & (EPOLLOUT | EPOLLERR)) {
        ask_upgrade(client);
        return;
    }
    if (client->deaf)
        return;
    ssize_t size = recv(client->fd, inbox, sizeof inbox, 0);
    look_at_clock();
    reads++;
    if (size > 0) {
        take_in(client, size);
    } else if (size == 0 || errno != EAGAIN) {
        if (!scenario->closed)
            fail("connection %d was cut: %s", client->number, size ? strerror(errno) : "end of stream");
        client_drop(client);
    }
}
