/** Tells a screen reader what is new: the words of a single message, else how many; never more than once in ten seconds. */
import type { Message } from "./message";

const GATHER_MS = 1_000;
const QUIET_MS = 10_000;

export class News {
  #waiting: Message[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = -Infinity;

  constructor(
    readonly tell: (messages: readonly Message[]) => void,
    readonly now: () => number = Date.now,
  ) {}

  add(messages: readonly Message[]): void {
    this.#waiting.push(...messages);
    this.#timer ??= setTimeout(() => this.#speak(), Math.max(GATHER_MS, this.#last + QUIET_MS - this.now()));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #speak(): void {
    this.#timer = undefined;
    this.#last = this.now();
    this.tell(this.#waiting);
    this.#waiting = [];
  }
}
