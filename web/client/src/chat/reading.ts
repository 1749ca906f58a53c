/** What somebody has read, by message numbers; and where the unread line stands. Pure. */
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

  /** Messages up to number `newest` exist; `attending`: the end of the list is on a visible screen. */
  update(newest: number, attending: boolean): void {
    if (newest > this.seen && !attending && !this.#away) {
      this.line = this.seen;
      this.#away = true;
    }
    if (attending) {
      this.seen = Math.max(this.seen, newest);
      this.#away = false;
    }
  }

  /** Whoever answers has read. */
  answered(): void {
    this.line = null;
  }
}
