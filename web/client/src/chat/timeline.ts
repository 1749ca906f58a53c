/** The messages that stand in one unbroken row, oldest first. Pure. */
import type { Rec } from "../../sync";
import { type Message, messageOf } from "./message";

type Records = ReadonlyMap<string, Rec>;

/** Above this many changes, sorting all is no slower than placing each. */
const FEW = 100;

export class Timeline {
  /** A new array after every change. */
  messages: readonly Message[] = [];
  #oldest = -1;

  /** Takes over what changed. Messages numbered below `oldest` (pinned ones, say) wait until everything between is loaded. */
  update(records: Records, changed: ReadonlySet<string> | "all", oldest: number): void {
    if (changed === "all" || changed.size > FEW || oldest !== this.#oldest) {
      this.#oldest = oldest;
      this.messages = everyMessage(records).filter((m) => m.n >= oldest);
      return;
    }
    const messages = [...this.messages];
    let touched = false;
    for (const id of changed) touched = place(messages, id, messageOf(id, records.get(id)), oldest) || touched;
    if (touched) this.messages = messages;
  }
}

/** All messages, by number. */
export function everyMessage(records: Records): Message[] {
  const found: Message[] = [];
  for (const [id, record] of records) {
    const message = messageOf(id, record);
    if (message) found.push(message);
  }
  return found.sort((a, b) => a.n - b.n);
}

/** The first index whose message is numbered `n` or more. */
export function indexOf(messages: readonly Message[], n: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.n ?? Infinity) < n) low = middle + 1;
    else high = middle;
  }
  return low;
}

function place(messages: Message[], id: string, message: Message | undefined, oldest: number): boolean {
  if (!message) {
    const at = messages.findIndex((m) => m.id === id);
    if (at >= 0) messages.splice(at, 1);
    return at >= 0;
  }
  if (message.n < oldest) return false;
  const at = indexOf(messages, message.n);
  messages.splice(at, messages[at]?.id === id ? 1 : 0, message);
  return true;
}
