// A server small enough to be right at sight: one room of chat, the same promises on the wire. What clients do against it is judged by
// what it counted.
import type { FakeSocket } from "./world";
import type { ChatMessage, ClientMessage, Command, Do, Join, Records, ServerMessage } from "../wire";
import { WELCOME } from "./world";

/** Messages that memory holds. */
const WINDOW = 20;
/** How far back a client may be when what it missed was let go of. */
const ECHO = 6;

interface Kept {
  readonly record: ChatMessage | undefined;
  readonly n: number;
  readonly changed: number;
}

export interface Faults {
  /** The share of commands that are told to try again, without having been looked at. */
  readonly busy?: number;
  /** A change in several parts moves its receiver with the first part. */
  readonly movesEarly?: boolean;
}

/** One socket, as the server has it. */
export class Line {
  readonly socket: FakeSocket;
  readonly out: ServerMessage[] = [];
  readonly done: string[] = [];
  read = 0;
  seq: number | undefined;

  constructor(socket: FakeSocket) {
    this.socket = socket;
  }
}

export class ModelServer {
  seq = 0;
  /** Every command that counted, in order. */
  readonly counted: Do[] = [];
  readonly kept = new Map<string, Kept>();
  readonly lines = new Set<Line>();
  readonly #roll: () => number;
  readonly #faults: Faults;
  #numbers = 0;

  constructor(roll: () => number, faults: Faults = {}) {
    this.#roll = roll;
    this.#faults = faults;
  }

  get oldest(): number {
    return this.#numbers > WINDOW ? this.#numbers - WINDOW + 1 : 0;
  }

  /** What a client that loaded everything from number `oldest` on must have; below it, it may have these too. */
  records(oldest: number): Map<string, ChatMessage> {
    const shown = [...this.kept].flatMap(([id, { record }]) => (record && record.n >= oldest ? [[id, record] as const] : []));
    return new Map(shown);
  }

  receive(line: Line, message: ClientMessage): void {
    if (message.t === "hello") line.out.push(WELCOME);
    else if (message.t === "ping") line.out.push({ t: "pong" });
    else if (message.t === "join") this.#join(line, message);
    else if (message.t === "page") line.out.push({ t: "paged", id: message.id, room: "r", ...this.#page(message.before) });
    else if (message.t === "do") this.#do(line, message);
  }

  /** A command that didn't come from a client under test. */
  act(cmd: Command): void {
    this.#count({ t: "do", id: `other-${this.seq}`, room: "r", cmd, seq: 0, mark: "" });
  }

  #do(line: Line, message: Do): void {
    if (this.#roll() < (this.#faults.busy ?? 0)) {
      line.out.push({ t: "refused", id: message.id, room: "r", reason: "busy", text: "", retry: true, facts: { retry_ms: 200 } });
      return;
    }
    if (!this.counted.some(({ id }) => id === message.id)) this.#count(message);
    line.done.push(message.id);
  }

  #count(message: Do): void {
    const { cmd } = message;
    this.seq++;
    this.counted.push(message);
    if (cmd.t === "chat.post") {
      const n = ++this.#numbers;
      this.#keep(`k${n}`, n, { t: "chat.message", n, at: 0, by: "me", name: "", text: cmd.text });
    } else if (cmd.t === "chat.edit" || cmd.t === "chat.delete") {
      const found = this.kept.get(cmd.message);
      if (found?.record) this.#keep(cmd.message, found.n, cmd.t === "chat.edit" ? { ...found.record, text: cmd.text } : undefined);
    }
  }

  #keep(id: string, n: number, record: ChatMessage | undefined): void {
    this.kept.set(id, { record, n, changed: this.seq });
  }

  #join(line: Line, { id, seq, eyes }: Join): void {
    const missed = seq === undefined || seq === null || eyes !== "e" ? undefined : this.#since(seq);
    const full = missed === undefined;
    line.seq = this.seq;
    line.out.push({
      t: "joined",
      id,
      room: "r",
      kind: "chat",
      seq: this.seq,
      mark: `m${this.seq}`,
      eyes: "e",
      oldest: this.oldest,
      full,
      you: ["me"],
      role: "guest",
      may: {},
      presence: { t: "presence", room: "r", count: 1, whole: true },
      ...(missed ?? { put: Object.fromEntries(this.records(this.oldest)), gone: [] }),
    });
  }

  /** What changed after `seq`; undefined when memory no longer knows all of it. */
  #since(seq: number): { put: Records; gone: string[] } | undefined {
    const changed = [...this.kept].filter(([, { changed }]) => changed > seq);
    if (seq < this.seq - ECHO && changed.some(([, { n }]) => n < this.oldest)) return undefined;
    const put = changed.flatMap(([id, { record }]) => (record ? [[id, record] as const] : []));
    return { put: Object.fromEntries(put), gone: changed.filter(([, { record }]) => !record).map(([id]) => id) };
  }

  #page(before: number): { put: Records; more: boolean } {
    const older = [...this.records(0)].filter(([, { n }]) => n < before).sort((a, b) => b[1].n - a[1].n);
    return { put: Object.fromEntries(older.slice(0, 100)), more: older.length > 100 };
  }

  /** Tell everybody what changed and what is done. */
  flush(): void {
    for (const line of this.lines) {
      const missed = line.seq === undefined || line.seq === this.seq ? undefined : this.#since(line.seq);
      if (missed) this.#change(line, missed);
      else if (line.seq !== undefined && line.seq !== this.seq) this.#join(line, { t: "join", id: "", room: "r" });
      if (line.done.length > 0) line.out.push({ t: "done", room: "r", ids: line.done.splice(0), seq: this.seq });
    }
  }

  /** In a part per record, of which one moves the client. */
  #change(line: Line, missed: { put: Records; gone: string[] }): void {
    const position = { seq: this.seq, mark: `m${this.seq}` };
    const parts: ServerMessage[] = Object.entries(missed.put).map(([id, record]) => ({ t: "change", room: "r", put: { [id]: record } }));
    parts.push({ t: "change", room: "r", gone: missed.gone });
    const moves = this.#faults.movesEarly ? 0 : parts.length - 1;
    line.out.push(...parts.map((part, i) => (i === moves ? { ...part, ...position } : part) as ServerMessage));
    line.seq = this.seq;
  }
}
