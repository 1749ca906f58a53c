/** The words that are not sent yet, per room, kept in this browser. */
import { type Keep, keep } from "../keep";

export interface Draft {
  text: string;
  replyTo: { id: string; n: number; name: string } | null;
}

const EMPTY: Draft = { text: "", replyTo: null };
export const DRAFT_PREFIX = "kring.draft.";

export function keptDraft(room: string, from: Keep = keep): Draft {
  try {
    const found: unknown = JSON.parse(from.get(DRAFT_PREFIX + room) ?? "null");
    return isDraft(found) ? found : EMPTY;
  } catch {
    return EMPTY;
  }
}

export function keepDraft(room: string, draft: Draft, into: Keep = keep): void {
  if (draft.text === "" && draft.replyTo === null) into.remove(DRAFT_PREFIX + room);
  else into.set(DRAFT_PREFIX + room, JSON.stringify(draft));
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { text, replyTo } = value as Partial<Draft>;
  return typeof text === "string" && (replyTo === null || (typeof replyTo?.id === "string" && typeof replyTo.n === "number" && typeof replyTo.name === "string"));
}
