/** Keys of a session's page. Single letters count only outside fields, and can be switched off. Pure. */
import type { Press } from "../chat/keys";

export type KeyCommand = "help" | "ask" | "next" | "previous" | "vote" | "show" | "undo" | "chat" | "tab-1" | "tab-2" | "tab-3" | "tab-4";

const LETTERS: Record<string, KeyCommand> = {
  "?": "help",
  c: "ask",
  j: "next",
  k: "previous",
  v: "vote",
  n: "show",
  u: "undo",
  g: "chat",
  "1": "tab-1",
  "2": "tab-2",
  "3": "tab-3",
  "4": "tab-4",
};
const NAMED: Record<string, KeyCommand> = { ArrowDown: "next", ArrowUp: "previous" };

/** `inField`: focus is where one types; `inList`: on or in the list of questions. */
export function commandOf(press: Press, where: { inField: boolean; inList: boolean }, lettersOn: boolean): KeyCommand | null {
  if (where.inField || press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null;
  if (where.inList && press.key in NAMED) return NAMED[press.key] ?? null;
  return lettersOn ? (LETTERS[press.key] ?? null) : null;
}
