// The shell around the core: a WebSocket, one timer, the storage, and who listens. It decides nothing.
import type { Kring, Options, Outcome, Room, Status } from "./api";
import { Core } from "./core";
import { Drawer } from "./drawer";
import type { Effect } from "./effects";
import { LiveRoom, type Hands } from "./live-room";
import type { RoomState } from "./room";
import { safely } from "./safely";
import { SUBPROTOCOL } from "./wire";

/** Connect, and stay connected until `close` or until the server says to stay away. */
export function connect(options: Options): Kring {
  return new Connection(options);
}

const ABNORMAL = 1006;
/** As long as a timer can be; one that ends early finds nothing due and is set again. */
const LONGEST_MS = 2 ** 31 - 1;

interface Answer {
  readonly outcome: Promise<Outcome>;
  readonly settle: (outcome: Outcome) => void;
}

class Connection implements Kring, Hands {
  readonly #options: Options;
  readonly #core: Core;
  readonly #drawer: Drawer;
  readonly #clock: Clock;
  readonly #rooms = new Map<RoomState, LiveRoom>();
  readonly #answers = new Map<string, Answer>();
  readonly #listeners = new Set<(status: Status) => void>();
  #socket: WebSocket | undefined;
  #timer: { readonly at: number; readonly cancel: () => void } | undefined;

  constructor(options: Options) {
    const { lang, token, client, random = Math.random } = options;
    this.#options = options;
    this.#clock = new Clock(options.now ?? Date.now);
    this.#drawer = new Drawer(options.storage ?? null);
    this.#core = new Core({ lang, token, client, random });
    this.run((core, now) => core.start(now));
  }

  get status(): Status {
    return this.#dated(this.#core.status);
  }

  subscribe(fn: (status: Status) => void): () => void {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  join(id: string): Room {
    const state = this.run((core) => core.join(id));
    return this.#room(state);
  }

  setLang(lang: string): void {
    this.run((core, now) => core.setLang(lang, now));
  }

  nudge(): void {
    this.run((core, now) => core.nudge(now));
  }

  close(): void {
    this.run((core) => core.close());
  }

  /** Let something happen to the core, and do what it wants done. */
  run<T>(act: (core: Core, now: number) => T): T {
    const result = act(this.#core, this.#clock.now());
    for (const effect of this.#core.take()) this.#perform(effect);
    this.#setTimer();
    return result;
  }

  outcomeOf(id: string): Promise<Outcome> {
    return this.#answer(id).outcome;
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case "open":
        return this.#open();
      case "shut":
        return this.#shut();
      case "send":
        return this.#socket?.send(effect.text);
      case "restore": {
        const kept = this.#drawer.kept(effect.room.id, effect.who);
        return this.run((core, now) => core.restored(effect.room, kept, now));
      }
      case "keep":
        return this.#drawer.keep(effect.room.id, effect.who, effect.kept);
      case "forget":
        return this.#drawer.forget(effect.room.id, effect.who, effect.ids);
      case "settle":
        this.#answer(effect.id).settle(effect.outcome);
        this.#answers.delete(effect.id);
        return;
      case "paged":
        return this.#room(effect.room).paged(effect.came);
      case "changed":
        this.#room(effect.room).changed(effect.changed);
        if (effect.room.left) this.#rooms.delete(effect.room);
        return;
      case "status":
        for (const listener of this.#listeners) safely(() => listener(this.#dated(effect.status)));
    }
  }

  #open(): void {
    const { WebSocket = globalThis.WebSocket, url } = this.#options;
    try {
      this.#socket = this.#listen(new WebSocket(url, [SUBPROTOCOL]));
    } catch {
      this.run((core, now) => core.closed(ABNORMAL, now)); // an address the browser will not even try
    }
  }

  /** Hear a socket for as long as it is ours: one that was given up says nothing any more. */
  #listen(socket: WebSocket): WebSocket {
    const heard = (act: (core: Core, now: number) => void): void => {
      if (socket === this.#socket) this.run(act);
    };
    socket.addEventListener("open", () => heard((core) => core.opened()));
    socket.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      heard((core, now) => core.received(typeof data === "string" ? data : "?", now));
    });
    socket.addEventListener("close", ({ code }) => {
      heard((core, now) => {
        this.#socket = undefined;
        core.closed(code, now);
      });
    });
    return socket;
  }

  #shut(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  /** One timer, for whatever the core wants first. */
  #setTimer(): void {
    const at = this.#core.wakeAt();
    if (at === this.#timer?.at) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    if (at === Infinity) return;
    const { setTimeout = globalThis.setTimeout, clearTimeout = globalThis.clearTimeout } = this.#options;
    const timer = setTimeout(() => {
      this.#timer = undefined;
      this.run((core, now) => core.tick(now));
    }, Math.min(Math.max(0, at - this.#clock.now()), LONGEST_MS));
    this.#timer = { at, cancel: () => clearTimeout(timer as number) };
  }

  #room(state: RoomState): LiveRoom {
    const room = this.#rooms.get(state) ?? new LiveRoom(state, this);
    if (!state.left) this.#rooms.set(state, room);
    return room;
  }

  #answer(id: string): Answer {
    const known = this.#answers.get(id);
    if (known) return known;
    let settle: (outcome: Outcome) => void = () => undefined;
    const outcome = new Promise<Outcome>((resolve) => (settle = resolve));
    const answer = { outcome, settle };
    this.#answers.set(id, answer);
    return answer;
  }

  /** With instants as this device's clock shows them. */
  #dated(status: Status): Status {
    return status.retryAt === undefined ? status : { ...status, retryAt: this.#clock.shown(status.retryAt) };
  }
}

/** A clock that is never set back: what is due in a second stays due in a second, whatever somebody does to the device's time. */
class Clock {
  readonly #now: () => number;
  #last: number;
  #ahead = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#last = now();
  }

  now(): number {
    const shown = this.#now();
    if (shown < this.#last) this.#ahead += this.#last - shown;
    this.#last = shown;
    return shown + this.#ahead;
  }

  shown(at: number): number {
    return at - this.#ahead;
  }
}
