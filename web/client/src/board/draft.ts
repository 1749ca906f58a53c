/** The note that is not written yet, per board and column, kept in this browser. */
import { DRAFT_PREFIX } from "../chat/draft";
import { type Keep, keep } from "../keep";

const keyOf = (room: string, column: string) => `${DRAFT_PREFIX}${room}.${column}`;

export function keptDraft(room: string, column: string, from: Keep = keep): string {
  return from.get(keyOf(room, column)) ?? "";
}

export function keepDraft(room: string, column: string, text: string, into: Keep = keep): void {
  if (text === "") into.remove(keyOf(room, column));
  else into.set(keyOf(room, column), text);
}
