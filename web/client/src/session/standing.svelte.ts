/** The questions of one tab as they stand on the page: still while somebody reads. */
import { nextOrder } from "../qna/order";

/** After the last touch, key or move of the wheel somebody still reads. */
const READING_MS = 4_000;

export class Standing {
  shown = $state.raw<readonly string[]>([]);
  /** How many wait to be shown. */
  waiting = $state(0);
  /** Their order would be another. */
  moved = $state(false);
  /** Came on the page with the last show. */
  fresh = $state.raw<ReadonlySet<string>>(new Set());
  #wanted: readonly string[] = [];
  #readingUntil = 0;

  /** Where they would stand now. `held`: the reader points or is at one of them, or scrolled down to them. */
  update(wanted: readonly string[], held: boolean, mine: (id: string) => boolean, now: number = Date.now()): void {
    this.#wanted = wanted;
    const next = nextOrder(this.shown, wanted, this.shown.length > 0 && (held || now < this.#readingUntil), mine);
    if (next.shown.join() !== this.shown.join()) this.shown = next.shown;
    this.waiting = next.waiting;
    this.moved = next.moved;
  }

  /** Somebody did something that shows they are reading. */
  read(now: number = Date.now()): void {
    this.#readingUntil = now + READING_MS;
  }

  /** Show what waits, in the order of now. */
  show(): void {
    const known = new Set(this.shown);
    this.fresh = new Set(this.#wanted.filter((id) => !known.has(id)));
    this.shown = this.#wanted;
    [this.waiting, this.moved] = [0, false];
  }

  /** Another list altogether. */
  restart(wanted: readonly string[]): void {
    this.#wanted = wanted;
    this.shown = wanted;
    this.fresh = new Set();
    [this.waiting, this.moved] = [0, false];
  }
}
