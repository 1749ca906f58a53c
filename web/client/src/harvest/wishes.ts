/** Choices that did not reach the server, kept in this browser until they do. */
import { keep } from "../keep";
import type { Wish } from "./api";

export const WISHES_PREFIX = "kring.harvest.";

/** line → what was chosen. */
export type Kept = readonly (readonly [line: string, wish: Wish])[];

export function keptWishes(session: string): Kept {
  try {
    const found: unknown = JSON.parse(keep.get(WISHES_PREFIX + session) ?? "[]");
    return Array.isArray(found) ? found.filter(isKept) : [];
  } catch {
    return [];
  }
}

export function keepWishes(session: string, wishes: Kept): void {
  if (wishes.length > 0) keep.set(WISHES_PREFIX + session, JSON.stringify(wishes));
  else keep.remove(WISHES_PREFIX + session);
}

function isKept(found: unknown): found is [string, Wish] {
  if (!Array.isArray(found) || typeof found[0] !== "string") return false;
  const wish = found[1] as Partial<{ choice: string; draft: unknown }> | null;
  return wish?.choice === "open" || wish?.choice === "dropped" || (wish?.choice === "kept" && typeof wish.draft === "object" && wish.draft !== null);
}
