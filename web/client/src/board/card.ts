/** A board's columns, notes and groups as the page handles them. Pure. */
import { MOST_CHARACTERS, type Rec } from "../../sync";
import type { BoardClock, BoardResult, Level, Phase, Who } from "../../sync/wire";

export type { Level, Phase };

/** In code points, as the server counts. */
export const MOST_IN_NOTE = MOST_CHARACTERS["board.write"].text;
export const MOST_IN_NAME = MOST_CHARACTERS["board.name_group"].text;

/** How far an own note is. */
export type Standing = "stored" | "waiting" | "sending" | "refused";

export interface Note {
  readonly kind: "note";
  readonly id: string;
  /** The column or the group it lies in. */
  readonly within: string;
  readonly place: number;
  readonly text: string;
  readonly level: Level;
  readonly by: string;
  readonly name: string;
  readonly votes: number;
  readonly rev: number;
  readonly mine: boolean;
  /** Not revealed: only its writer has it. */
  readonly hidden: boolean;
  readonly standing: Standing;
  /** Why it was refused. */
  readonly why: string;
}

export interface Group {
  readonly kind: "group";
  readonly id: string;
  readonly within: string;
  readonly place: number;
  /** Its name; "": none. */
  readonly text: string;
  readonly rev: number;
  readonly notes: readonly Note[];
  /** Votes for itself, and those its notes have. */
  readonly votes: number;
}

export type Card = Note | Group;

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly place: number;
  readonly rev: number;
  readonly cards: readonly Card[];
  /** How many notes of others are not revealed yet. */
  readonly hidden: number;
  /** Notes one can read, those in groups too. */
  readonly count: number;
}

export interface Board {
  readonly phase: Phase;
  readonly level: Level;
  readonly budget: number;
  readonly most: number;
  readonly ready: number;
  readonly may: Readonly<Record<string, Who>>;
}

export interface Result {
  readonly id: string;
  readonly sort: BoardResult["sort"];
  readonly at: number;
  readonly text: string;
  readonly owner: string;
  readonly due: string;
  readonly about: string | null;
  readonly rev: number;
}

export type Clock = Pick<BoardClock, "since" | "until">;

/** Everything that lies somewhere, by id: what the server has, before own acts under way. */
export interface Things {
  readonly columns: ReadonlyMap<string, ColumnThing>;
  readonly notes: ReadonlyMap<string, Note>;
  readonly groups: ReadonlyMap<string, GroupThing>;
  readonly results: ReadonlyMap<string, Result>;
}
export type ColumnThing = Omit<Column, "cards" | "count">;
export type GroupThing = Omit<Group, "notes">;

/** Behind all that the server has placed. */
const LATER = 2 ** 54;
const NAMED = { by: "", name: "", votes: 0, standing: "stored", why: "" } as const;

export function boardOf(record: Rec | undefined): Board {
  const { phase = "write", level = "named", budget = 5, most = 3, ready = 0, may = {} } = record?.t === "board" ? record : ({} as Partial<Board>);
  return { phase, level, budget, most, ready, may };
}

export function clockOf(record: Rec | undefined): Clock | null {
  return record?.t === "board.clock" ? { since: record.since, until: record.until } : null;
}

/** A revealed note, or a hidden one of one's own. */
export function noteOf(id: string, record: Rec | undefined, mine: boolean): Note | undefined {
  if (record?.t === "board.note") {
    const { within, place, text, level, by = "", name = "", votes = 0, rev = 0 } = record;
    return { kind: "note", id, within, place, text, level, by, name, votes, rev, mine, hidden: false, standing: "stored", why: "" };
  }
  if (record?.t === "board.own" && record.within) {
    const { within, place = 0, text = "", rev = 0 } = record;
    return { ...NAMED, kind: "note", id, within, place, text, level: "named", rev, mine: true, hidden: true };
  }
  return undefined;
}

/** An own note that the server doesn't have; `at`: when it was written. */
export function unwritten(id: string, within: string, text: string, at: number, standing: Standing, hidden: boolean, why = ""): Note {
  return { ...NAMED, kind: "note", id, within, place: LATER + at, text, level: "named", rev: 0, mine: true, hidden, standing, why };
}

export function groupOf(id: string, record: Rec | undefined): GroupThing | undefined {
  if (record?.t !== "board.group") return undefined;
  const { within, place, text = "", votes = 0, rev = 0 } = record;
  return { kind: "group", id, within, place, text, votes, rev };
}

/** `own`: how many notes of one's own are hidden in it. */
export function columnOf(id: string, record: Rec | undefined, own: number): ColumnThing | undefined {
  if (record?.t !== "board.column") return undefined;
  const { title, hint = "", place, rev = 0, hidden = 0 } = record;
  return { id, title, hint, place, rev, hidden: Math.max(0, hidden - own) };
}

export function resultOf(id: string, record: Rec | undefined): Result | undefined {
  if (record?.t !== "board.result") return undefined;
  const { sort, at, text, owner = "", due = "", about = null, rev = 0 } = record;
  return { id, sort, at, text, owner, due, about, rev };
}

/** In the order of their places; the server breaks ties by id. */
export function inOrder<T extends { readonly place: number; readonly id: string }>(things: readonly T[]): T[] {
  return things.toSorted((a, b) => a.place - b.place || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The columns with what lies in them. What is as it was in `before` is the same object, so that nothing of it is drawn again. */
export function laidOut({ columns, notes, groups }: Things, before: readonly Column[] = []): readonly Column[] {
  const lying = new Map<string, Note[]>();
  const inside = new Map<string, Card[]>();
  for (const note of notes.values()) push(groups.has(note.within) ? lying : inside, note.within, note);
  const old = new Map(before.map((column) => [column.id, column]));
  const oldGroups = new Map<string, Group>();
  for (const { cards } of before) for (const card of cards) if (card.kind === "group") oldGroups.set(card.id, card);
  for (const thing of groups.values()) {
    const its = lying.get(thing.id);
    if (!its) continue; // its last note has just left
    const votes = thing.votes + its.reduce((sum, note) => sum + note.votes, 0);
    const group: Group = { ...thing, votes, notes: inOrder(its) };
    push(inside, thing.within, same(oldGroups.get(thing.id), group));
  }
  return inOrder([...columns.values()]).map((thing) => {
    const cards = inOrder(inside.get(thing.id) ?? []);
    const readable = cards.reduce((sum, card) => sum + (card.kind === "group" ? card.notes.length : 1), 0);
    return same(old.get(thing.id), { ...thing, cards, count: readable });
  });
}

function push<T>(into: Map<string, T[]>, key: string, value: T): void {
  const found = into.get(key);
  if (found) found.push(value);
  else into.set(key, [value]);
}

/** `before` where nothing of it is different, lists compared by what is in them. */
function same<T extends object>(before: T | undefined, now: T): T {
  if (!before) return now;
  const equal = Object.entries(now).every(([key, value]) => {
    const was: unknown = before[key as keyof T];
    if (Array.isArray(value) && Array.isArray(was)) return value.length === was.length && value.every((each, nth) => each === was[nth]);
    return value === was;
  });
  return equal ? before : now;
}

export function findCard(columns: readonly Column[], id: string): Card | undefined {
  for (const { cards } of columns) {
    for (const card of cards) {
      if (card.id === id) return card;
      const inside = card.kind === "group" ? card.notes.find((note) => note.id === id) : undefined;
      if (inside) return inside;
    }
  }
  return undefined;
}
