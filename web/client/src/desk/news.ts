/** Tells how many wait to be read, once they are more; never more than once in ten seconds. */
const GATHER_MS = 1_000;
const QUIET_MS = 10_000;

export class Waiting {
  #count: number | null = null;
  #more = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = -Infinity;

  constructor(
    readonly tell: (count: number) => void,
    readonly now: () => number = Date.now,
  ) {}

  /** So many wait now. The first time says nothing: they were there already. */
  are(count: number): void {
    this.#more ||= this.#count !== null && count > this.#count;
    this.#count = count;
    if (this.#more) this.#timer ??= setTimeout(() => this.#speak(), Math.max(GATHER_MS, this.#last + QUIET_MS - this.now()));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #speak(): void {
    this.#timer = undefined;
    this.#more = false;
    this.#last = this.now();
    if (this.#count) this.tell(this.#count);
  }
}
