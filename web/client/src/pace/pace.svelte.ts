/** Slow mode, as one person has it: how long one waits here between two things one says, and how long that still is. */
import { createSubscriber } from "svelte/reactivity";
import type { Outcome } from "../../sync";
import type { Rec, Seconds } from "../../sync/wire";

/** Where the room keeps its pace. */
export const PACE = "pace";
export const PACES: readonly Seconds[] = [0, 10, 30, 60, 300];
const SECOND_MS = 1_000;
const TICK_MS = 250;

export class Pace {
  seconds = $state<Seconds>(0);
  /** Since when one waits, by this device's clock (ms since 1970). */
  #since = $state<number | null>(null);
  readonly #waits: () => boolean;
  readonly #ticks = createSubscriber((update) => {
    const ticking = setInterval(update, TICK_MS);
    return () => clearInterval(ticking);
  });

  /** `waits`: whether this person is one who has to. */
  constructor(waits: () => boolean) {
    this.#waits = waits;
  }

  take(record: Rec | undefined): void {
    this.seconds = record?.t === "room.pace" ? (record.seconds ?? 0) : 0;
  }

  /** One said something, then. */
  said(at: number): void {
    this.#since = Math.max(this.#since ?? 0, at);
  }

  /** What became of it: who has to wait after all is told how long. */
  heard(outcome: Outcome, saidAt: number): void {
    if (outcome.done) return this.said(saidAt);
    const left = outcome.reason === "slow" ? outcome.facts["seconds"] : undefined;
    this.#since = typeof left === "number" ? Date.now() - (this.seconds - left) * SECOND_MS : null;
  }

  /** Whole seconds until one may say the next thing. */
  get left(): number {
    if (this.seconds === 0 || this.#since === null || !this.#waits()) return 0;
    const left = this.#since + this.seconds * SECOND_MS - Date.now();
    if (left <= 0) return 0;
    this.#ticks();
    return Math.ceil(left / SECOND_MS);
  }
}
