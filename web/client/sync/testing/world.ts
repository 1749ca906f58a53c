// Stands in for what the browser gives: sockets, a clock and timers, a storage. All of it moves only when a test says so.
import type { Options, Storage } from "../api";
import type { ClientMessage, Joined, Records, ServerMessage, Welcome } from "../wire";

export class FakeSocket extends EventTarget {
  readonly sent: ClientMessage[] = [];
  /** The page let go of it. */
  shut = false;
  readonly url: string;
  readonly protocols: readonly string[];

  constructor(url: string, protocols: readonly string[]) {
    super();
    this.url = url;
    this.protocols = protocols;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientMessage);
  }

  close(): void {
    this.shut = true;
  }

  opens(): void {
    this.dispatchEvent(new Event("open"));
  }

  /** One WebSocket message with these maps, a line each. */
  says(...messages: ServerMessage[]): void {
    this.saysText(messages.map((message) => JSON.stringify(message)).join("\n"));
  }

  saysText(data: string): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  drops(code = 1006): void {
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }

  sentOf<T extends ClientMessage["t"]>(t: T): Extract<ClientMessage, { t: T }>[] {
    return this.sent.filter((message): message is Extract<ClientMessage, { t: T }> => message.t === t);
  }
}

export class World {
  now = 1_000_000;
  /** What Math.random answers. */
  random: () => number = () => 0.5;
  readonly sockets: FakeSocket[] = [];
  readonly storage: Storage | null;
  #timers = new Map<number, { at: number; fn: () => void }>();
  #next = 1;

  constructor(storage: Storage | null = null) {
    this.storage = storage;
  }

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (!last) throw new Error("no socket was made");
    return last;
  }

  options(more: Partial<Options> = {}): Options {
    const sockets = this.sockets;
    const WebSocket = class extends FakeSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    };
    return {
      url: "ws://kring.example/ws",
      lang: "nl",
      storage: this.storage,
      WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
      now: () => this.now,
      random: () => this.random(),
      setTimeout: (fn, ms) => {
        this.#timers.set(this.#next, { at: this.now + ms, fn });
        return this.#next++;
      },
      clearTimeout: (timer) => this.#timers.delete(timer as number),
      ...more,
    };
  }

  /** Time passes, and timers run when they are due. */
  passes(ms: number): void {
    const until = this.now + ms;
    for (let next = this.#first(until); next; next = this.#first(until)) {
      this.now = Math.max(this.now, next.at);
      this.#run(next);
    }
    this.now = until;
  }

  /** The device sleeps: time passes and no timer runs until it is over. */
  sleeps(ms: number): void {
    this.now += ms;
    this.passes(0);
  }

  #first(until: number): { key: number; at: number; fn: () => void } | undefined {
    const due = [...this.#timers].map(([key, timer]) => ({ key, ...timer })).filter(({ at }) => at <= until);
    return due.sort((a, b) => a.at - b.at)[0];
  }

  #run({ key, fn }: { key: number; fn: () => void }): void {
    this.#timers.delete(key);
    fn();
  }
}

export class MemoryStorage implements Storage {
  readonly entries = new Map<string, string>();
  getItem(key: string): string | null {
    return this.entries.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.entries.set(key, value);
  }
  removeItem(key: string): void {
    this.entries.delete(key);
  }
}

export const WELCOME: Welcome = {
  t: "welcome",
  name: "Noor",
  lang: "nl",
  ping: 30,
  limits: { message_bytes: 65_536, in_flight: 64, page: 100 },
  server: "kring",
};

export const PUT: Records = { room: { t: "room", state: "open" } };

/** An answer to the latest join on this socket. */
export function joined(socket: FakeSocket, more: Partial<Joined> = {}): Joined {
  const asked = socket.sentOf("join").at(-1);
  return {
    t: "joined",
    id: asked?.id ?? "",
    room: asked?.room ?? "r",
    kind: "chat",
    seq: 10,
    mark: "m10",
    eyes: "e",
    oldest: 0,
    full: true,
    you: ["me"],
    role: "guest",
    may: { open: ["chat.post"], locked: [] },
    put: PUT,
    gone: [],
    presence: { t: "presence", room: asked?.room ?? "r", count: 1, put: { me: { name: "Noor" } }, whole: true },
    ...more,
  };
}

export function message(n: number, text = `message ${n}`): Records[string] {
  return { t: "chat.message", n, at: 0, by: "me", name: "Noor", text };
}

/** Numbers from 0 up to 1 that a seed determines (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
