/** An item as somebody writes it, kept in this browser until it is saved; and what two people's differ in. */
import { TYPES } from "../harvest/api";
import { sameDraft } from "../harvest/lines";
import { keep, type Keep } from "../keep";
import { STATUSES, type Wish } from "./api";
import { WRITING_PREFIX } from "./kept";

/** `version`: the one it began with; 0: of a new item. */
export interface Writing {
  readonly version: number;
  readonly wish: Wish;
}

export const EMPTY: Wish = { title: "", summary: "", body: "", type: "practice", tags: [], status: "draft" };

/** `item` null: a new one. */
export function keepWriting(item: string | null, writing: Writing | null, where: Keep = keep): void {
  const key = WRITING_PREFIX + (item ?? "new");
  if (writing) where.set(key, JSON.stringify(writing));
  else where.remove(key);
}

export function keptWriting(item: string | null, where: Keep = keep): Writing | null {
  try {
    const found = JSON.parse(where.get(WRITING_PREFIX + (item ?? "new")) ?? "null") as Partial<Writing> | null;
    return found && typeof found.version === "number" && isWish(found.wish) ? { version: found.version, wish: found.wish } : null;
  } catch {
    return null;
  }
}

function isWish(found: unknown): found is Wish {
  const { title, summary, body, type, tags, status } = (found ?? {}) as Partial<Record<keyof Wish, unknown>>;
  const words = [title, summary, body].every((each) => typeof each === "string");
  return words && Array.isArray(tags) && tags.every((tag) => typeof tag === "string") && TYPES.some((each) => each === type) && STATUSES.some((each) => each === status);
}

export function sameWish(a: Wish, b: Wish): boolean {
  return a.status === b.status && sameDraft(a, b);
}

/** Only what an item is made of. */
export function wishOf({ title, summary, body, type, tags, status }: Wish): Wish {
  return { title, summary, body, type, tags: [...tags], status };
}

export type Field = "title" | "summary" | "body" | "type" | "tags" | "status";
const FIELDS: readonly Field[] = ["title", "summary", "body", "type", "tags", "status"];

/** In what two of them differ. */
export function differing(a: Wish, b: Wish): readonly Field[] {
  return FIELDS.filter((field) => `${a[field]}` !== `${b[field]}`);
}
