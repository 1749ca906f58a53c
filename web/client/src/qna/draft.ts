/** The question that is not asked yet, and how it would be; kept in this browser. */
import { DRAFT_PREFIX } from "../chat/draft";
import { type Keep, keep } from "../keep";
import { type Level, LEVELS } from "./question";

export interface Draft {
  readonly text: string;
  /** null: as open as the room allows. */
  readonly level: Level | null;
}

export function keptDraft(room: string, from: Keep = keep): Draft {
  try {
    const found = JSON.parse(from.get(DRAFT_PREFIX + room) ?? "null") as Partial<Draft> | null;
    const text = typeof found?.text === "string" ? found.text : "";
    return { text, level: LEVELS.find((level) => level === found?.level) ?? null };
  } catch {
    return { text: "", level: null };
  }
}

export function keepDraft(room: string, draft: Draft, into: Keep = keep): void {
  if (draft.text === "" && draft.level === null) into.remove(DRAFT_PREFIX + room);
  else into.set(DRAFT_PREFIX + room, JSON.stringify(draft));
}
