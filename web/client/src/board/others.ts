/** Where others point and what they write on, from what they tell of it. Pure. */

type Whispers = ReadonlyMap<string, ReadonlyMap<string, Readonly<Record<string, unknown>>>>;
type NameOf = (actor: string) => string | undefined;

/** Somebody's pointer: over a card or a column, in hundredths of it. */
export interface Cursor {
  readonly actor: string;
  readonly name: string;
  readonly over: string;
  readonly x: number;
  readonly y: number;
}

/** More would hide the board. */
const MOST = 12;

export function cursorsIn(whispers: Whispers, you: readonly string[], nameOf: NameOf): readonly Cursor[] {
  const found: Cursor[] = [];
  for (const [actor, { over, x, y }] of whispers.get("cursor") ?? []) {
    const name = nameOf(actor);
    if (!name || you.includes(actor) || typeof over !== "string" || typeof x !== "number" || typeof y !== "number") continue;
    found.push({ actor, name, over, x, y });
  }
  return found.slice(0, MOST);
}

export function writersIn(whispers: Whispers, you: readonly string[], nameOf: NameOf): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [actor, { on }] of whispers.get("writing") ?? []) {
    const name = nameOf(actor);
    if (!name || you.includes(actor) || typeof on !== "string") continue;
    found.set(on, [...(found.get(on) ?? []), name]);
  }
  return found;
}
