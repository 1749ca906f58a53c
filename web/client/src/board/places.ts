/** Where things lie, and where they will: the server decides, this foresees it (see the kind's `placing`). Pure. */
import { type Card, type Column, inOrder } from "./card";

const GAP = 2 ** 32;

interface Placed {
  readonly id: string;
  readonly place: number;
}

/** The place right behind `after` among `others`, or first (null); last where `after` isn't there. */
export function placeAfter(others: readonly Placed[], after: string | null, moving = ""): number {
  const still = inOrder(others.filter(({ id }) => id !== moving));
  const found = after === null ? -1 : still.findIndex(({ id }) => id === after);
  const index = after === null ? 0 : found < 0 ? still.length : found + 1;
  const [low, high] = [still[index - 1]?.place, still[index]?.place];
  if (low === undefined) return high === undefined ? 0 : high - GAP;
  return high === undefined ? low + GAP : (low + high) / 2;
}

/** What lies right before a card beside it; null: it is the first. */
export function before(cards: readonly Placed[], id: string): string | null {
  return cards[cards.findIndex((card) => card.id === id) - 1]?.id ?? null;
}

/** Where a card lies: its column or group, and the card before it there. */
export interface Spot {
  readonly within: string;
  readonly after: string | null;
}

export function spotOf(columns: readonly Column[], card: Card): Spot {
  return { within: card.within, after: before(beside(columns, card.within), card.id) };
}

/** What lies in a column or a group, in order. */
export function beside(columns: readonly Column[], within: string): readonly Card[] {
  for (const column of columns) {
    if (column.id === within) return column.cards;
    for (const card of column.cards) if (card.id === within && card.kind === "group") return card.notes;
  }
  return [];
}

/** Which column a card lies in, if need be by its group. */
export function columnOfCard(columns: readonly Column[], card: Card): Column | undefined {
  return columns.find(({ id, cards }) => id === card.within || cards.some((group) => group.id === card.within));
}
