/** What a session came to, in the groups in which it is harvested. Pure. */
import type { About, Draft, Line, Wish } from "./api";

export const GROUPS = ["answered", "notes", "agreed", "saved", "open"] as const;
export type GroupName = (typeof GROUPS)[number];

const ABOUT: Readonly<Record<GroupName, readonly About[]>> = {
  answered: ["answered"],
  notes: ["group", "note"],
  agreed: ["decision", "action"],
  saved: ["pinned", "saved"],
  open: ["follow_up"],
};

/** As the server takes them. */
export const MOST_TAGS = 12;
export const MOST_IN_TAG = 40;
export const MOST_IN_ITEM_TITLE = 200;
export const MOST_IN_SUMMARY = 500;
export const MOST_IN_BODY = 20_000;

/** Something to choose about; `within`: the notes of a group. */
export interface Row {
  readonly line: Line;
  readonly within: readonly Line[];
}

export interface Group {
  readonly name: GroupName;
  readonly rows: readonly Row[];
}

/** The groups that have something in them, their rows in the order they came; what belongs to a row is in it. */
export function groupsOf(lines: readonly Line[]): readonly Group[] {
  const known = new Set(lines.map(({ id }) => id));
  const inside = (line: Line) => line.part_of !== null && known.has(line.part_of) && line.about === "note";
  return GROUPS.map((name) => {
    const mine = lines.filter((line) => ABOUT[name].includes(line.about) && !inside(line));
    const sorted = [...mine].sort((a, b) => ABOUT[name].indexOf(a.about) - ABOUT[name].indexOf(b.about));
    return { name, rows: sorted.map((line) => ({ line, within: lines.filter((each) => inside(each) && each.part_of === line.id) })) };
  }).filter(({ rows }) => rows.length > 0);
}

export interface Tally {
  readonly all: number;
  readonly published: number;
  readonly drafts: number;
  readonly dropped: number;
  readonly left: number;
}

/** How many are kept, dropped and left. */
export function tallyOf(rows: readonly Row[]): Tally {
  const count = (is: (line: Line) => boolean) => rows.filter(({ line }) => is(line)).length;
  return {
    all: rows.length,
    published: count(({ choice, status }) => choice === "kept" && status !== "draft"),
    drafts: count(({ choice, status }) => choice === "kept" && status === "draft"),
    dropped: count(({ choice }) => choice === "dropped"),
    left: count(({ choice }) => choice === "open"),
  };
}

/** What would make it as it is now. */
export function wishOf({ choice, draft, status }: Line): Wish {
  return choice === "kept" && draft ? { choice, draft, publish: status !== "draft" } : { choice: choice === "kept" ? "open" : choice };
}

/** Where it was said. */
export function placeOf(session: string, { kind, room, record }: Pick<Line, "kind" | "room" | "record">): string {
  return kind === "board" ? `/s/${session}/board/${room}#${record}` : `/s/${session}#${record}`;
}

/** As somebody types them, with commas between. */
export function tagsIn(typed: string): string[] {
  const tags = typed.split(",").map((tag) => [...tag.split(/\s+/).filter(Boolean).join(" ")].slice(0, MOST_IN_TAG).join("").trimEnd());
  return [...new Set(tags.filter(Boolean))].slice(0, MOST_TAGS);
}

export function sameDraft(a: Draft, b: Draft): boolean {
  return a.title === b.title && a.summary === b.summary && a.body === b.body && a.type === b.type && a.tags.join() === b.tags.join();
}
