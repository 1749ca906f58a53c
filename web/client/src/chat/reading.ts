/** What somebody has read, by message numbers; and where the unread line stands. Pure. */
import type { Message } from "./message";

/** How many messages of others come after number `seen`. */
export function unreadCount(messages: readonly Message[], seen: number, you: readonly string[]): number {
  let count = 0;
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i];
    if (!message || message.n <= seen) break;
    if (!you.includes(message.by)) count += 1;
  }
  return count;
}

/** A message number as it was kept; null for anything else. */
export function keptNumber(text: string | null): number | null {
  const value = text ? Number(text) : NaN;
  return Number.isInteger(value) ? value : null;
}

export class Reading {
  /** Number of the last message read. */
  seen: number;
  /** The unread line stands after this number; null: no line. */
  line: number | null = null;
  #away = false;

  /** `seen`: what was read before, on this device; null when somebody is here for the first time. */
  constructor(seen: number | null, newest: number) {
    this.seen = seen === null ? newest : Math.min(seen, newest);
  }

  /** Messages up to number `newest` exist, and those up to `visible` are or were on a screen somebody looks at. */
  update(newest: number, visible: number): void {
    if (newest > this.seen && visible < newest && !this.#away) {
      this.line = this.seen;
      this.#away = true;
    }
    this.seen = Math.max(this.seen, Math.min(visible, newest));
    if (this.seen >= newest) this.#away = false;
  }

  /** Whoever answers has read. */
  answered(): void {
    this.line = null;
  }
}
