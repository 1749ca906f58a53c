import { describe, expect, test } from "vitest";
import type { Command, Pending, Rec } from "../../sync";
import { columnOf, findCard, groupOf, laidOut, noteOf, type Things } from "./card";
import { dropInColumn, dropOnCard, edgeSpeed, partOf } from "./drag";
import { foreseen, foreseenDots } from "./foresee";
import { cursorsIn, writersIn } from "./others";
import { before, placeAfter, spotOf } from "./places";

const note = (within: string, place: number, more = {}): Rec => ({ t: "board.note", at: 1, within, place, text: `${within}${place}`, level: "named", ...more });

function things(records: Record<string, Rec>): Things {
  const found = { columns: new Map(), notes: new Map(), groups: new Map(), results: new Map() };
  for (const [id, record] of Object.entries(records)) {
    const [column, group, card] = [columnOf(id, record, 0), groupOf(id, record), noteOf(id, record, false)];
    if (column) found.columns.set(id, column);
    if (group) found.groups.set(id, group);
    if (card) found.notes.set(id, card);
  }
  return found;
}

const HERE = things({
  B: { t: "board.column", title: "B", place: 2 },
  A: { t: "board.column", title: "A", place: 1, hidden: 2 },
  a: note("A", 1),
  b: note("A", 2, { votes: 2 }),
  c: note("B", 1),
  g: { t: "board.group", within: "B", place: 2, votes: 3 },
  d: note("g", 1, { votes: 1 }),
  e: note("g", 2),
});

const pending = (...commands: Command[]): Pending[] =>
  commands.map((cmd, nth) => ({ id: `own${nth}`, cmd, at: nth, sent: false, outcome: new Promise(() => {}) }));
const after = (...commands: Command[]) => laidOut(foreseen(HERE, pending(...commands), "group"));
const shape = (columns: ReturnType<typeof laidOut>) =>
  columns.map(({ id, cards }) => `${id}: ${cards.map((card) => (card.kind === "group" ? `${card.id}(${card.notes.map(({ id }) => id).join(" ")})` : card.id)).join(" ")}`);

describe("what lies where", () => {
  test("by place; a group has its notes, and their votes with its own", () => {
    expect(shape(laidOut(HERE))).toEqual(["A: a b", "B: c g(d e)"]);
    expect(findCard(laidOut(HERE), "g")?.votes).toBe(4);
    expect(laidOut(HERE).map(({ count }) => count)).toEqual([2, 3]);
  });

  test("what is as it was is the same object, and what isn't is another", () => {
    const was = laidOut(HERE);
    const moved = { ...HERE, notes: new Map(HERE.notes).set("a", { ...HERE.notes.get("a")!, place: 9 }) };
    const now = laidOut(moved, was);
    expect(now[1]).toBe(was[1]);
    expect(now[0]).not.toBe(was[0]);
    expect(laidOut(moved)[1]).not.toBe(was[1]); // the control
  });

  test("one's own hidden notes are not counted as others'", () => {
    expect(columnOf("A", { t: "board.column", title: "A", place: 1, hidden: 3 }, 2)?.hidden).toBe(1);
    expect(noteOf("x", { t: "board.own", note: "x", within: "A", text: "mine" }, true)).toMatchObject({ hidden: true, mine: true });
    expect(noteOf("x", { t: "board.own", note: "x" }, true)).toBeUndefined();
  });

  test("where a card lies", () => {
    const columns = laidOut(HERE);
    expect(spotOf(columns, findCard(columns, "e")!)).toEqual({ within: "g", after: "d" });
    expect(before(columns[0]!.cards, "a")).toBeNull();
  });
});

describe("own acts, foreseen", () => {
  test.each<[string, Command, string[]]>([
    ["first", { t: "board.move", card: "b", within: "A", after: null }, ["A: b a", "B: c g(d e)"]],
    ["after another", { t: "board.move", card: "a", within: "B", after: "c" }, ["A: b", "B: c a g(d e)"]],
    ["after one that is gone: last", { t: "board.move", card: "a", within: "B", after: "x" }, ["A: b", "B: c g(d e) a"]],
    ["a group", { t: "board.move", card: "g", within: "A", after: "a" }, ["A: a g(d e) b", "B: c"]],
    ["into a group", { t: "board.group_with", note: "a", other: "g" }, ["A: b", "B: c g(d e a)"]],
    ["with a note of a group", { t: "board.group_with", note: "a", other: "d" }, ["A: b", "B: c g(d e a)"]],
    ["a new group", { t: "board.group_with", note: "a", other: "c" }, ["A: b", "B: own0(c a) g(d e)"]],
    ["with itself: nothing", { t: "board.group_with", note: "a", other: "a" }, ["A: a b", "B: c g(d e)"]],
    ["apart", { t: "board.ungroup", group: "g" }, ["A: a b", "B: c d e"]],
    ["gone", { t: "board.delete", note: "c", rev: 0 }, ["A: a b", "B: g(d e)"]],
    ["written", { t: "board.write", column: "A", text: "new" }, ["A: a b own0", "B: c g(d e)"]],
    ["columns", { t: "board.move_column", column: "A", after: "B" }, ["B: c g(d e)", "A: a b"]],
  ])("%s", (_, command, expected) => expect(shape(after(command))).toEqual(expected));

  test("a group goes with its last note", () => {
    const moves: Command[] = ["d", "e"].map((card) => ({ t: "board.move", card, within: "A", after: "b" }));
    expect(shape(after(...moves))).toEqual(["A: a b e d", "B: c"]);
  });

  test("nothing under way: nothing is made anew", () => {
    expect(foreseen(HERE, pending({ t: "board.vote", card: "a", dots: 1 }), "vote")).toBe(HERE);
  });

  test("dots: the latest counts, and none is none", () => {
    const dots = foreseenDots({ a: 2, b: 1 }, pending({ t: "board.vote", card: "a", dots: 3 }, { t: "board.vote", card: "b", dots: 0 }));
    expect([...dots]).toEqual([["a", 3]]);
  });

  test("places: between, before all, behind all", () => {
    const lie = [{ id: "x", place: 10 }, { id: "y", place: 20 }];
    expect(placeAfter(lie, "x")).toBe(15);
    expect(placeAfter(lie, null)).toBeLessThan(10);
    expect(placeAfter(lie, "gone")).toBeGreaterThan(20);
    expect(placeAfter(lie, "x", "y")).toBeGreaterThan(10);
    expect(placeAfter([], null)).toBe(0);
  });
});

describe("letting go", () => {
  const columns = laidOut(HERE);
  const card = (id: string) => findCard(columns, id)!;

  test("the middle of a card is together with it, where that is possible", () => {
    const box = { top: 100, bottom: 200 };
    expect([105, 150, 195].map((y) => partOf(box, y, true, false))).toEqual(["before", "into", "after"]);
    expect([105, 149, 150].map((y) => partOf(box, y, false, false))).toEqual(["before", "before", "after"]);
    expect([110, 120, 190].map((y) => partOf(box, y, true, true))).toEqual(["before", "into", "after"]);
  });

  test("on a card", () => {
    expect(dropOnCard(columns, card("a"), card("c"), "after", true)).toEqual({ to: "beside", within: "B", after: "c" });
    expect(dropOnCard(columns, card("a"), card("c"), "before", true)).toEqual({ to: "beside", within: "B", after: null });
    expect(dropOnCard(columns, card("a"), card("c"), "into", true)).toEqual({ to: "with", card: "c" });
    expect(dropOnCard(columns, card("a"), card("d"), "after", true)).toEqual({ to: "beside", within: "g", after: "d" });
  });

  test.each([
    ["itself", "a", "a", "into", true],
    ["where it lies already", "a", "b", "before", true],
    ["right behind itself", "b", "a", "after", true],
    ["a group in a group", "g", "d", "after", true],
    ["a group on a note", "g", "a", "into", true],
    ["in a group when nobody groups", "a", "d", "after", false],
    ["on a note when nobody groups", "a", "c", "into", false],
    ["on the group it is in", "d", "g", "into", true],
  ] as const)("nothing comes of it: %s", (_, moving, over, part, mayGroup) => {
    expect(dropOnCard(columns, card(moving), card(over), part, mayGroup)).toBeNull();
  });

  test("in a column: above all, or below all", () => {
    expect(dropInColumn(columns, card("a"), columns[1]!, true)).toEqual({ to: "beside", within: "B", after: null });
    expect(dropInColumn(columns, card("a"), columns[1]!, false)).toEqual({ to: "beside", within: "B", after: "g" });
    expect(dropInColumn(columns, card("b"), columns[0]!, false)).toBeNull();
  });

  test("near an edge it scrolls, faster the nearer", () => {
    expect([edgeSpeed(0, 0, 800), edgeSpeed(400, 0, 800), edgeSpeed(800, 0, 800)]).toEqual([-18, 0, 18]);
    expect(edgeSpeed(60, 0, 800)).toBeGreaterThan(edgeSpeed(5, 0, 800));
  });
});

test("others: known by name, oneself left out, what is no whisper of ours too", () => {
  const whispers = new Map([
    ["cursor", new Map<string, Record<string, unknown>>([["me", { over: "a", x: 1, y: 2 }], ["p", { over: "a", x: 1, y: 2 }], ["q", { over: 5 }], ["r", { over: "a", x: 1, y: 1 }]])],
    ["writing", new Map<string, Record<string, unknown>>([["p", { on: "a" }], ["q", { on: "a" }], ["me", { on: "a" }]])],
  ]);
  const nameOf = (actor: string) => new Map([["p", "Pim"], ["q", "Quinn"], ["me", "Ik"]]).get(actor);
  expect(cursorsIn(whispers, ["me"], nameOf).map(({ name }) => name)).toEqual(["Pim"]);
  expect(writersIn(whispers, ["me"], nameOf)).toEqual(new Map([["a", ["Pim", "Quinn"]]]));
});
