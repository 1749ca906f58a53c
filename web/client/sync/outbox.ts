// Own commands on their way. Each keeps the position at which it was first made, however often it is sent (C2).
import type { Command, Do } from "./wire";

/** A command with its position: what outlives a reload. */
export interface Kept {
  readonly id: string;
  readonly cmd: Command;
  readonly at: number;
  readonly seq: number;
  readonly mark: string;
}

export interface Item {
  readonly id: string;
  readonly cmd: Command;
  readonly at: number;
  /** Absent until the room is joined for the first time. */
  readonly made?: { readonly seq: number; readonly mark: string };
  readonly sent: boolean;
  readonly notBefore: number;
  readonly tries: number;
}

export function waiting(id: string, cmd: Command, at: number, made?: { seq: number; mark: string }): Item {
  return { id, cmd, at, sent: false, notBefore: 0, tries: 0, ...(made && { made }) };
}

/** The commands of one room, oldest first; `items` is a new array at every change. */
export class Outbox {
  items: readonly Item[] = [];

  add(item: Item): void {
    this.items = [...this.items, item];
  }

  /** Put what a reload left behind in its place: before what was made since. */
  restore(kept: readonly Kept[]): void {
    const known = new Set(this.items.map((item) => item.id));
    const older = kept.filter(({ id }) => !known.has(id));
    this.items = [...older.map(({ id, cmd, at, seq, mark }) => ({ ...waiting(id, cmd, at, { seq, mark }), tries: 1 })), ...this.items];
  }

  get(id: string): Item | undefined {
    return this.items.find((item) => item.id === id);
  }

  /** Take these out; what was there of them. */
  remove(ids: readonly string[]): Item[] {
    const removed = this.items.filter((item) => ids.includes(item.id));
    if (removed.length > 0) this.items = this.items.filter((item) => !ids.includes(item.id));
    return removed;
  }

  /** Commands made before the first join are as of that join; answers those. */
  place(seq: number, mark: string): Kept[] {
    const placed: Kept[] = [];
    this.items = this.items.map((item) => {
      if (item.made) return item;
      placed.push({ id: item.id, cmd: item.cmd, at: item.at, seq, mark });
      return { ...item, made: { seq, mark } };
    });
    return placed;
  }

  /** The next command to send, if it may go now. Whoever waits for a retry is waited for: the order stays. */
  next(now: number): (Item & { made: { seq: number; mark: string } }) | undefined {
    const item = this.items.find(({ sent }) => !sent);
    return item?.made && item.notBefore <= now ? { ...item, made: item.made } : undefined;
  }

  sent(id: string): void {
    this.#change(id, (item) => ({ ...item, sent: true, tries: item.tries + 1 }));
  }

  again(id: string, notBefore: number): void {
    this.#change(id, (item) => ({ ...item, sent: false, notBefore }));
  }

  /** Something was sent before and not answered: it may be among the records already. */
  get inDoubt(): boolean {
    return this.items.some(({ sent, tries }) => tries > (sent ? 1 : 0));
  }

  /** Nothing is on its way any more; what it came to is unknown. */
  unsent(): void {
    if (this.items.some(({ sent }) => sent)) this.items = this.items.map((item) => ({ ...item, sent: false }));
  }

  #change(id: string, change: (item: Item) => Item): void {
    this.items = this.items.map((item) => (item.id === id ? change(item) : item));
  }
}

export function asDo(room: string, item: { id: string; cmd: Command; made: { seq: number; mark: string } }): Do {
  return { t: "do", id: item.id, room, cmd: item.cmd, seq: item.made.seq, mark: item.made.mark };
}
