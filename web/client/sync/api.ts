import type { Command, Fact, Reason, Rec, Role, Scalar, State } from "./wire";

/** How the connection is doing, for everybody who shows it. A new object at every change. */
export interface Status {
  readonly phase: "connecting" | "online" | "reconnecting" | "stopped";
  /** When the next attempt begins (ms since 1970); absent while one is under way. */
  readonly retryAt?: number;
  /** Own commands that are not done yet, over all rooms. */
  readonly waiting: number;
  /** The person's name, once the server has said it. */
  readonly name?: string;
  /** Why the server closed, until it welcomes us again. With phase "stopped" it is final. */
  readonly bye?: Bye;
}

export interface Bye {
  readonly code: number;
  /** A sentence in the person's language; "" when the server had none to give. */
  readonly text: string;
}

/**
 * Why a command or a room was refused. Two reasons are this library's own: "left" (the room was left, or the connection
 * closed for good, before an answer came) and "someone_else" (another person is signed in now). Their text is "".
 */
export interface Refusal {
  readonly reason: Reason | "left" | "someone_else";
  readonly text: string;
  readonly facts: Readonly<Record<string, Fact>>;
}

/** What became of a command: it counts (at or before entry `seq`), or it never will. */
export type Outcome = { readonly done: true; readonly seq: number } | ({ readonly done: false } & Refusal);

/** An own command that is not done yet. */
export interface Pending {
  readonly id: string;
  readonly cmd: Command;
  /** When it was made, by this device's clock (ms since 1970). */
  readonly at: number;
  /** It is on its way to the server now; false: it waits for the connection, or for its turn. */
  readonly sent: boolean;
  readonly outcome: Promise<Outcome>;
}

export interface Presence {
  readonly count: number;
  readonly people: ReadonlyMap<string, { readonly name: string; readonly staff?: boolean }>;
}

export type Whispers = ReadonlyMap<string, ReadonlyMap<string, Readonly<Record<string, Scalar>>>>;

/** What is told of a change: the ids of the records that changed (perhaps none), or "all". */
export type Changed = ReadonlySet<string> | "all";

/** A room, live. Everything here is the server's word but `pending`. */
export interface Room {
  readonly id: string;
  /** "" until joined for the first time. */
  readonly kind: string;
  readonly seq: number;
  /** Every numbered record from number `oldest` on is loaded; of those before it only some (pinned ones, say). */
  readonly oldest: number;
  /** The server sends this room's changes now. */
  readonly joined: boolean;
  /** Why the room cannot be joined. */
  readonly refused: Refusal | undefined;
  readonly role: Role;
  /** The person's own actor ids here. */
  readonly you: readonly string[];
  /** Whether this person may give the command with this tag, in the room's present state. */
  readonly may: (tag: string) => boolean;
  readonly state: State;
  /** One map for as long as the room is followed, changed in place; the records themselves are never changed. */
  readonly records: ReadonlyMap<string, Rec>;
  /** Own commands not yet done, oldest first. A new array at every change. */
  readonly pending: readonly Pending[];
  readonly presence: Presence;
  /** Awareness: name → actor → data. An entry that isn't refreshed goes after 8 s. */
  readonly whispers: Whispers;
  /** Older records exist that are not loaded. */
  readonly more: boolean;
  /** Give a command. It is sent until it is done or refused, over reconnects and reloads. */
  do(cmd: Command): { readonly id: string; readonly outcome: Promise<Outcome> };
  /** Load the page of records before `oldest`; true when one came. Calls during one share its answer. */
  page(): Promise<boolean>;
  /** Tell the others here; latest wins, and nothing is kept. Empty data: no longer. */
  whisper(name: string, data: Readonly<Record<string, Scalar>>): void;
  /** Called after anything of the room changed, at most once per message from the server; returns how to stop. */
  subscribe(fn: (changed: Changed) => void): () => void;
  /** Stop following. What is pending stays in the storage, for the next time. */
  leave(): void;
}

export interface Kring {
  readonly status: Status;
  subscribe(fn: (status: Status) => void): () => void;
  /** The room with this id; the same object for every call until it is left. */
  join(room: string): Room;
  /** Have the server's sentences in this language ("nl", "en") from now on. */
  setLang(lang: string): void;
  /** The network came back, the page became visible: check the connection now. */
  nudge(): void;
  close(): void;
}

export type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

export interface Options {
  /** Where the server listens: ws://host/ws or wss://host/ws. */
  readonly url: string;
  readonly lang: string;
  /** A sign-in token; a page with a cookie needs none. */
  readonly token?: string;
  /** Name and version of the program, for the server's log. */
  readonly client?: string;
  /** Where commands wait so that a reload loses none; null or absent: in memory only. */
  readonly storage?: Storage | null;
  readonly WebSocket?: typeof globalThis.WebSocket;
  /** ms since 1970 */
  readonly now?: () => number;
  /** from 0 up to 1 */
  readonly random?: () => number;
  readonly setTimeout?: (fn: () => void, ms: number) => unknown;
  readonly clearTimeout?: (timer: unknown) => void;
}
