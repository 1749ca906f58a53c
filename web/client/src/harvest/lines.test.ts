import { describe, expect, test } from "vitest";
import type { About, Draft, Line } from "./api";
import { groupsOf, placeOf, sameDraft, tagsIn, tallyOf, wishOf } from "./lines";

const DRAFT: Draft = { title: "Titel", summary: "", body: "Tekst", type: "answer", tags: ["werk"] };

function line(id: string, about: About, more: Partial<Line> = {}): Line {
  const words = { text: id, name: "", heading: "", answer: "", owner: "", due: "" };
  return { id, room: "r", kind: "qna", record: `record-${id}`, about, at: 0, votes: 0, part_of: null, choice: "open", item: null, status: null, draft: DRAFT, ...words, ...more };
}

describe("the groups", () => {
  test("stand in their order, empty ones not at all, each line once", () => {
    const lines = [line("a", "saved"), line("b", "action"), line("c", "decision"), line("d", "answered"), line("e", "pinned")];
    const found = groupsOf(lines);
    expect(found.map(({ name }) => name)).toEqual(["answered", "agreed", "saved"]);
    expect(found.flatMap(({ rows }) => rows.map((row) => row.line.id))).toEqual(["d", "c", "b", "e", "a"]);
  });

  test("a note in a group stands in it; one that is alone, or whose group is gone, by itself", () => {
    const found = groupsOf([line("n", "note"), line("g", "group"), line("in", "note", { part_of: "g" }), line("lost", "note", { part_of: "x" })]);
    expect(found.map(({ rows }) => rows.map((row) => [row.line.id, row.within.map(({ id }) => id)]))).toEqual([
      [
        ["g", ["in"]],
        ["n", []],
        ["lost", []],
      ],
    ]);
  });

  test("nothing is nothing", () => expect(groupsOf([])).toEqual([]));
});

test("the tally counts each row once", () => {
  const rows = [
    line("a", "answered", { choice: "kept", status: "published" }),
    line("b", "answered", { choice: "kept", status: "draft" }),
    line("c", "answered", { choice: "kept", status: "outdated" }),
    line("d", "answered", { choice: "dropped" }),
    line("e", "answered", { status: "draft" }),
  ].map((each) => ({ line: each, within: [] }));
  expect(tallyOf(rows)).toEqual({ all: 5, published: 2, drafts: 1, dropped: 1, left: 1 });
});

test("undo wishes for what was", () => {
  expect(wishOf(line("a", "saved"))).toEqual({ choice: "open" });
  expect(wishOf(line("a", "saved", { choice: "dropped" }))).toEqual({ choice: "dropped" });
  expect(wishOf(line("a", "saved", { choice: "kept", status: "draft" }))).toEqual({ choice: "kept", draft: DRAFT, publish: false });
  expect(wishOf(line("a", "saved", { choice: "kept", status: "published" }))).toEqual({ choice: "kept", draft: DRAFT, publish: true });
});

test("a place is on the page of its room", () => {
  expect(placeOf("s", line("a", "answered"))).toBe("/s/s#record-a");
  expect(placeOf("s", line("a", "saved", { kind: "chat" }))).toBe("/s/s#record-a");
  expect(placeOf("s", line("a", "group", { kind: "board", room: "b" }))).toBe("/s/s/board/b#record-a");
});

test("tags are what stands between commas, once each", () => {
  expect(tagsIn(" wond zorg ,, hiel,wond  zorg,")).toEqual(["wond zorg", "hiel"]);
  expect(tagsIn("a".repeat(50))).toEqual(["a".repeat(40)]);
  expect(tagsIn(Array.from({ length: 20 }, (_, i) => `t${i}`).join(","))).toHaveLength(12);
  expect(tagsIn("  ")).toEqual([]);
});

test("drafts are the same when nothing in them differs", () => {
  expect(sameDraft(DRAFT, { ...DRAFT, tags: ["werk"] })).toBe(true);
  expect(sameDraft(DRAFT, { ...DRAFT, body: "Anders" })).toBe(false);
});
