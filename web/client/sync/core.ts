// The sync client without a socket, clock or storage: what happens goes in, what is to be done comes out (`take`).
import type { Status } from "./api";
import { Dispatch } from "./dispatch";
import { Effects, type Effect } from "./effects";
import { Link, type Wish } from "./link";
import type { Kept } from "./outbox";
import { RoomState } from "./room";
import type { Command, RefusedMessage, Scalar, ServerMessage, Welcome } from "./wire";

export interface Setup {
  readonly lang: string;
  readonly token?: string | undefined;
  readonly client?: string | undefined;
  readonly random: () => number;
}

type RoomMessage = Exclude<ServerMessage, Welcome | RefusedMessage | { t: "pong" | "bye" }>;

/** A clock that ran on this long past a timer has slept. */
const SLEPT_MS = 5_000;
/** How long a change waits for the `done` that comes right after it. */
const TOGETHER_MS = 20;
/** How long what was joined waits for an answer to what was sent before: a way there and back. */
const DOUBT_MS = 250;
/** Before asking again what was refused for now, when the server names no time. */
const AGAIN_MS = 1_000;

export class Core {
  readonly rooms = new Map<string, RoomState>();
  status: Status = { phase: "connecting", waiting: 0 };
  readonly #setup: Setup;
  readonly #effects = new Effects();
  readonly #link: Link;
  readonly #dispatch: Dispatch;
  #lang: string;
  #name: string | undefined;
  /** The socket is open: it takes messages. */
  #open = false;
  #asked = 0;
  /** What to do again, and when: ask what was refused for now. */
  #again: { at: number; act: () => void }[] = [];
  #dueAt = Infinity;

  constructor(setup: Setup) {
    this.#setup = setup;
    this.#lang = setup.lang;
    this.#link = new Link(setup.random, (wish) => this.#obey(wish));
    this.#dispatch = new Dispatch(this.#effects, setup.random);
  }

  // ---- what the person and the page do ----

  start(now: number): void {
    this.#link.open(now);
  }

  join(id: string): RoomState {
    const known = this.rooms.get(id);
    if (known) return known;
    const room = new RoomState(id);
    this.rooms.set(id, room);
    this.#join(room);
    return room;
  }

  leave(room: RoomState): void {
    if (room.left) return;
    if (room.joined || room.joining) this.#effects.send({ t: "leave", id: this.#ask(), room: room.id });
    this.#abandon(room);
  }

  do(room: RoomState, id: string, cmd: Command, now: number): void {
    this.#dispatch.add(room, id, cmd, now);
    this.#dispatch.pump(this.rooms.values(), now);
  }

  page(room: RoomState): void {
    if (room.left || (room.who !== undefined && !room.more)) this.#endPage(room, false);
    else if (!room.paging) {
      room.paging = {};
      this.#page(room);
    }
  }

  whisper(room: RoomState, name: string, data: Readonly<Record<string, Scalar>>, now: number): void {
    const say = room.joined ? room.telling.say(name, data, now) : undefined;
    if (say) this.#effects.send({ t: "whisper", room: room.id, name, data: say });
  }

  /** The server learns a person's language when greeted: greet it anew. */
  setLang(lang: string, now: number): void {
    if (lang === this.#lang) return;
    this.#lang = lang;
    if (this.#open) this.#link.renew(now);
  }

  nudge(now: number): void {
    this.#link.nudge(now);
  }

  close(): void {
    this.#link.stop();
    for (const room of [...this.rooms.values()]) this.#abandon(room);
  }

  // ---- what the socket, the clock and the storage say ----

  opened(): void {
    const { token, client } = this.#setup;
    this.#open = true;
    this.#effects.send({ t: "hello", lang: this.#lang, ...(token && { token }), ...(client && { client }) });
    for (const room of this.rooms.values()) this.#join(room);
  }

  /** One WebSocket message: one or more maps, a line each. What can't be read ends the socket. */
  received(text: string, now: number): void {
    this.#link.heard(now);
    for (const line of text.split("\n")) {
      const message = line === "" ? undefined : read(line);
      if (message) this.#message(message, now);
      else if (line !== "") this.#link.replace(now);
      if (!this.#open) return;
    }
    this.#dispatch.pump(this.rooms.values(), now);
  }

  closed(code: number, now: number): void {
    this.#cut();
    this.#link.closed(now, code);
  }

  restored(room: RoomState, kept: readonly Kept[], now: number): void {
    this.#dispatch.restored(room, kept);
    if (!room.outbox.inDoubt) this.#effects.holdNoLonger();
    this.#dispatch.pump(this.rooms.values(), now);
  }

  tick(now: number): void {
    this.#link.tick(now, now - this.#dueAt > SLEPT_MS);
    const due = this.#again.filter(({ at }) => at <= now);
    this.#again = this.#again.filter(({ at }) => at > now);
    for (const { act } of due) act();
    for (const room of this.rooms.values()) {
      if (room.heard.fade(now)) this.#effects.tell(room);
      for (const [name, data] of room.telling.due(now)) this.#effects.send({ t: "whisper", room: room.id, name, data });
    }
    if (now >= this.#effects.tellAt) this.#effects.holdNoLonger();
    this.#dispatch.pump(this.rooms.values(), now);
  }

  /** When `tick` is wanted next. */
  wakeAt(): number {
    const rooms = [...this.rooms.values()].flatMap((room) => [room.heard.wakeAt(), room.telling.wakeAt()]);
    const again = this.#again.map(({ at }) => at);
    this.#dueAt = Math.min(this.#link.wakeAt(), this.#effects.tellAt, ...again, ...rooms);
    return this.#dueAt;
  }

  /** What is to be done since the last time, in order. */
  take(): Effect[] {
    const status = this.#statusNow();
    if (JSON.stringify(status) === JSON.stringify(this.status)) return this.#effects.take(undefined);
    this.status = status;
    return this.#effects.take(status);
  }

  // ---- messages ----

  #message(message: ServerMessage, now: number): void {
    switch (message.t) {
      case "welcome":
        this.#name = message.name;
        this.#dispatch.inFlight = message.limits.in_flight;
        return this.#link.welcomed(now, message.ping * 1000);
      case "pong":
        return this.#link.pong();
      case "bye":
        return this.#link.dismissed(now, { code: message.code, text: message.text }, message.retry_ms ?? 0);
    }
    const room = message.room === undefined ? undefined : this.rooms.get(message.room);
    if (room && message.t === "refused") this.#refused(room, message, now);
    else if (room && message.t !== "refused") this.#inRoom(room, message, now);
  }

  #inRoom(room: RoomState, message: RoomMessage, now: number): void {
    if (message.t === "joined") return this.#joined(room, message, now);
    if (!room.joined) return; // told to a place in the room that we left before
    switch (message.t) {
      case "change":
        this.#effects.tell(room, room.takeChange(message));
        if (room.outbox.items.some(({ sent }) => sent)) this.#effects.holdBack(now + TOGETHER_MS);
        return;
      case "done":
        return this.#dispatch.settled(room, message.ids, { done: true, seq: message.seq });
      case "paged":
        if (message.id !== room.paging?.id) return;
        this.#effects.tell(room, room.takePaged(message));
        return this.#endPage(room, true);
      case "presence":
        room.takePresence(message);
        return this.#effects.tell(room);
      case "whisper":
        room.heard.take(message.name, message.by, message.data, now);
        return this.#effects.tell(room);
    }
  }

  #joined(room: RoomState, message: Extract<ServerMessage, { t: "joined" }>, now: number): void {
    if (!room.expects(message)) return;
    const changed = room.takeJoined(message);
    this.#effects.tell(room, changed);
    this.#dispatch.joined(room);
    if (!room.restored || room.outbox.inDoubt) this.#effects.holdBack(now + DOUBT_MS);
    if (room.paging && message.full) this.#endPage(room, false);
    else if (room.paging) this.#page(room);
  }

  #refused(room: RoomState, message: RefusedMessage, now: number): void {
    const { id, reason, text, retry, facts = {} } = message;
    if (id === undefined) return; // a whisper: nobody waits for it
    const wait = typeof facts["retry_ms"] === "number" ? facts["retry_ms"] : undefined;
    const refusal = { reason, text, facts };
    if (id === room.joining) {
      room.joining = undefined;
      if (retry) this.#later(now + (wait ?? AGAIN_MS), () => this.#join(room));
      else room.refused = refusal;
      this.#effects.tell(room);
    } else if (id === room.paging?.id) {
      if (reason === "not_joined") this.#rejoin(room);
      else if (retry) this.#later(now + (wait ?? AGAIN_MS), () => this.#page(room));
      else this.#endPage(room, false);
    } else if (reason === "not_joined") {
      this.#later(this.#dispatch.again(room, id, now, AGAIN_MS), () => undefined);
      this.#rejoin(room);
    } else if (retry) this.#later(this.#dispatch.again(room, id, now, wait), () => undefined); // the tick itself sends
    else this.#dispatch.settled(room, [id], { done: false, ...refusal });
  }

  /** The server let go of the room without our asking; nothing was decided. */
  #rejoin(room: RoomState): void {
    if (!room.joined) return;
    room.joined = false;
    this.#join(room);
  }

  // ---- asking ----

  #join(room: RoomState): void {
    if (!this.#open || room.left || room.joining || room.joined) return;
    room.joining = this.#ask();
    const position = room.who === undefined ? {} : { seq: room.seq, mark: room.mark, eyes: room.eyes };
    this.#effects.send({ t: "join", id: room.joining, room: room.id, ...position });
  }

  #page(room: RoomState): void {
    if (!room.paging || !room.joined) return;
    const id = this.#ask();
    room.paging = { id, before: room.oldest };
    this.#effects.send({ t: "page", id, room: room.id, before: room.oldest });
  }

  #endPage(room: RoomState, came: boolean): void {
    room.paging = undefined;
    this.#effects.add({ do: "paged", room, came });
  }

  #ask(): string {
    return String(++this.#asked);
  }

  #later(at: number, act: () => void): void {
    this.#again.push({ at, act });
  }

  // ---- the socket ----

  #obey(wish: Wish): void {
    if (wish === "ping") return this.#effects.send({ t: "ping" });
    if (wish === "shut") this.#cut();
    this.#effects.add({ do: wish });
  }

  /** Nothing of what was asked will be answered any more. */
  #cut(): void {
    this.#open = false;
    this.#again = [];
    this.#dispatch.cut();
    for (const room of this.rooms.values()) {
      room.cut();
      this.#effects.tell(room);
    }
  }

  #abandon(room: RoomState): void {
    this.rooms.delete(room.id);
    room.left = true;
    room.cut();
    this.#dispatch.abandoned(room);
    if (room.paging) this.#endPage(room, false);
    this.#effects.tell(room);
  }

  #statusNow(): Status {
    const { phase, stage, retryAt, bye } = this.#link;
    let count = 0;
    for (const room of this.rooms.values()) count += room.outbox.items.length;
    return {
      phase,
      waiting: count,
      ...(stage === "waiting" && { retryAt }),
      ...(this.#name !== undefined && { name: this.#name }),
      ...(bye && { bye }),
    };
  }
}

/** One line of the server's as a message; undefined when it is none. What a newer server adds is passed over by its `t`. */
function read(line: string): ServerMessage | undefined {
  try {
    const message: unknown = JSON.parse(line);
    const shaped = typeof message === "object" && message !== null && "t" in message && typeof message.t === "string";
    return shaped ? (message as ServerMessage) : undefined;
  } catch {
    return undefined;
  }
}
