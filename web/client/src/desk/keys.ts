/** Keys of the desk. Single letters and digits count only outside fields, and can be switched off. Pure. */
import type { Press } from "../chat/keys";
import { ACTS } from "./acts";
import { LANES } from "./lists";

export type KeyCommand = "help" | "next" | "previous" | "left" | "right" | "first" | "last" | "advance" | "undo" | "more" | "now" | `lane-${number}` | `act-${string}`;

const SINGLE: Record<string, KeyCommand> = { "?": "help", j: "next", k: "previous", n: "advance", u: "undo", "0": "now" };
for (const { key } of ACTS) if (key.length === 1) SINGLE[key] = `act-${key}`;
LANES.forEach((_, i) => (SINGLE[`${i + 1}`] = `lane-${i}`));

const ON_CARD: Record<string, KeyCommand> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "first",
  End: "last",
  Delete: "act-Delete",
};

/** `inField`: focus is where one types; `onCard`: on or in a question; `onItself`: on the question, not on a button in it. */
export function commandOf(press: Press, where: { inField: boolean; onCard: boolean; onItself: boolean }, singlesOn: boolean): KeyCommand | null {
  if (where.inField || press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null;
  if (where.onItself && press.key === "Enter") return "more";
  if (where.onCard && press.key in ON_CARD) return ON_CARD[press.key] ?? null;
  return singlesOn ? (SINGLE[press.key.toLowerCase()] ?? null) : null;
}

/** Which of a list a digit names: "1" the first. */
export function digit(press: Press, most: number, singlesOn: boolean): number | null {
  if (!singlesOn || press.ctrlKey || press.metaKey || press.altKey || !/^[1-9]$/.test(press.key)) return null;
  const index = Number(press.key) - 1;
  return index < most ? index : null;
}
