/** Keys of the screen. Pure. */
import type { Press } from "../chat/keys";

export type KeyCommand = "freeze" | "blank" | "full" | "language";

const LETTERS: Record<string, KeyCommand> = { z: "freeze", b: "blank", f: "full", l: "language" };

/** `onButton`: focus is on something that Space presses. */
export function commandOf(press: Press, onButton: boolean, lettersOn: boolean): KeyCommand | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null;
  if (press.key === " ") return onButton ? null : "freeze";
  return lettersOn ? (LETTERS[press.key.toLowerCase()] ?? null) : null;
}
