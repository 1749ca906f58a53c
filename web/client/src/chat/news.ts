/** Gathers what is new for a screen reader, and tells it never more than once in ten seconds. */
const GATHER_MS = 1_000;
const QUIET_MS = 10_000;

export class News<T> {
  #waiting: T[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = -Infinity;

  constructor(
    readonly tell: (news: readonly T[]) => void,
    readonly now: () => number = Date.now,
  ) {}

  add(news: readonly T[]): void {
    this.#waiting.push(...news);
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
