/** Keys of the chat. Single letters count only outside fields, and can be switched off. Pure. */
export type KeyCommand = "help" | "search" | "compose" | "next" | "previous" | "newest" | "undo" | "react-1" | "react-2" | "react-3" | "react-4" | `act-${string}`;

export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly isComposing?: boolean;
}

const LETTERS: Record<string, KeyCommand> = {
  "?": "help",
  "/": "search",
  c: "compose",
  j: "next",
  k: "previous",
  n: "newest",
  u: "undo",
  r: "act-r",
  e: "act-e",
  d: "act-d",
  p: "act-p",
  s: "act-s",
  f: "act-f",
  "1": "react-1",
  "2": "react-2",
  "3": "react-3",
  "4": "react-4",
};
const NAMED: Record<string, KeyCommand> = { ArrowDown: "next", ArrowUp: "previous", End: "newest" };

/** `inField`: focus is where one types. `inLog`: focus is on or in the list of messages. */
export function commandOf(press: Press, where: { inField: boolean; inLog: boolean }, lettersOn: boolean): KeyCommand | null {
  if (where.inField || press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return null;
  if (where.inLog && press.key in NAMED) return NAMED[press.key] ?? null;
  return lettersOn ? (LETTERS[press.key] ?? null) : null;
}
