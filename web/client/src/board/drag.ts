/** What a card that is dragged would do where it is let go. Pure. */
import type { Card, Column } from "./card";
import { before, beside, spotOf } from "./places";

/** Beside others in a column or a group, right after one of them (null: first); or together with another card. */
export type Drop = { readonly to: "beside"; readonly within: string; readonly after: string | null } | { readonly to: "with"; readonly card: string };

/** Which part of a card one is over. */
export type Part = "before" | "into" | "after";

export interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** At the edge of a group one is beside it. */
const EDGE = 14;

/** `joins`: what is let go in the middle comes together with it. */
export function partOf({ top, bottom }: Span, y: number, joins: boolean, group: boolean): Part {
  const height = bottom - top;
  const edge = !joins ? height / 2 : group ? Math.min(EDGE, height / 3) : height * 0.3;
  return y < top + edge ? "before" : y >= bottom - edge ? "after" : "into";
}

/** Let go over a card; null: nothing would change, or it may not be there. */
export function dropOnCard(columns: readonly Column[], moving: Card, over: Card, part: Part, mayGroup: boolean): Drop | null {
  if (over.id === moving.id || over.within === moving.id) return null;
  const inGroup = !columns.some(({ id }) => id === over.within);
  if (inGroup && (moving.kind === "group" || !mayGroup)) return null;
  if (part === "into") return moving.kind === "note" && mayGroup && moving.within !== over.id ? { to: "with", card: over.id } : null;
  const after = part === "after" ? over.id : before(beside(columns, over.within), over.id);
  return settled(columns, moving, over.within, after);
}

/** Let go in a column, above its cards or below them. */
export function dropInColumn(columns: readonly Column[], moving: Card, column: Column, first: boolean): Drop | null {
  return settled(columns, moving, column.id, first ? null : (column.cards.at(-1)?.id ?? null));
}

function settled(columns: readonly Column[], moving: Card, within: string, after: string | null): Drop | null {
  const now = spotOf(columns, moving);
  if (after === moving.id || (now.within === within && now.after === after)) return null;
  return { to: "beside", within, after };
}

/** So near an edge, what is behind it comes into view. */
const NEAR = 64;
const FASTEST = 18;

/** How many pixels to scroll in a frame for something at `at` between two edges: negative is back. */
export function edgeSpeed(at: number, low: number, high: number): number {
  const near = Math.min(NEAR, (high - low) / 4);
  if (at < low + near) return -Math.ceil(FASTEST * Math.min(1, (low + near - at) / near));
  if (at > high - near) return Math.ceil(FASTEST * Math.min(1, (at - high + near) / near));
  return 0;
}
