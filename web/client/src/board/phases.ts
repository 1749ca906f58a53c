/** The steps of a board, in their order. Pure. */
import type { Phase } from "../../sync/wire";

export const PHASES: readonly Phase[] = ["write", "reveal", "group", "vote", "discuss", "done"];

/** The phase so many steps on (1) or back (-1), or none. */
export function phaseAt(phase: Phase, steps: 1 | -1): Phase | null {
  return PHASES[PHASES.indexOf(phase) + steps] ?? null;
}

/** Going from here cannot be undone: what is revealed stays so. */
export function isForGood(from: Phase): boolean {
  return from === "write";
}

/** Minutes that a timer can begin with. */
export const MINUTES: readonly number[] = [1, 3, 5, 8, 10, 15];
export const MINUTE_MS = 60_000;

export interface Time {
  /** Whole seconds that are left, rounded up; 0 when it is over. */
  readonly seconds: number;
  /** Between 0 and 1. */
  readonly part: number;
  readonly last: boolean;
}

/** How much is left at `now` of a timer that runs from `since` until `until`. */
export function timeLeft(since: number, until: number, now: number): Time {
  const left = Math.max(0, until - now);
  const whole = Math.max(1, until - since);
  return { seconds: Math.ceil(left / 1_000), part: Math.min(1, left / whole), last: left > 0 && left <= MINUTE_MS };
}

/** 3:07 */
export function clockwise(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, "0")}`;
}
