import { describe, expect, test } from "vitest";
import type { Rec } from "../../sync";
import { greatest, largest, smallest } from "./fit";
import { commandOf } from "./keys";
import { MOST, NOTHING, ranked, sameButVotes, viewOf } from "./view";

type Asked = Extract<Rec, { t: "qna.question" }>;

function records(...questions: (Partial<Asked> & { id: string })[]): Map<string, Rec> {
  return new Map(questions.map(({ id, ...differs }, nth) => [id, { t: "qna.question", at: 1, order: nth + 1, text: `${id}?`, status: "open", level: "named", ...differs } as Asked]));
}

const ids = (view: { open: readonly { id: string }[] }) => view.open.map(({ id }) => id);

describe("what a screen shows", () => {
  test("C3 never what is in review, declined or withdrawn, were it there", () => {
    const view = viewOf(records({ id: "r", status: "review" }, { id: "d", status: "declined" }, { id: "w", status: "withdrawn" }, { id: "o" }));
    expect(ids(view)).toEqual(["o"]);
    expect(view.stage).toBeNull();
  });

  test("never anybody's own receipt", () => {
    const receipt = { t: "qna.receipt", question: "r", at: 1, text: "Nog niet gelezen", level: "named", status: "stage" } as Rec;
    expect(viewOf(new Map([["receipt", receipt]]))).toEqual(NOTHING);
  });

  test("what is on stage, the open ones by votes, and how many were answered", () => {
    const view = viewOf(records({ id: "a", votes: 1 }, { id: "s", status: "stage" }, { id: "b", votes: 4 }, { id: "x", status: "answered" }, { id: "f", status: "follow_up" }));
    expect([view.stage?.id, ids(view), view.answered]).toEqual(["s", ["b", "a"], 1]);
  });
});

describe("a screen is quiet", () => {
  test("votes alone can wait; words, the stage and new questions cannot", () => {
    const before = viewOf(records({ id: "a" }, { id: "b" }));
    expect(sameButVotes(before, viewOf(records({ id: "a", votes: 9 }, { id: "b" })))).toBe(true);
    expect(sameButVotes(before, viewOf(records({ id: "a", text: "Anders?" }, { id: "b" })))).toBe(false);
    expect(sameButVotes(before, viewOf(records({ id: "a", status: "stage" }, { id: "b" })))).toBe(false);
    expect(sameButVotes(before, viewOf(records({ id: "a" }, { id: "b" }, { id: "c" })))).toBe(false);
  });

  test("a full list keeps its order until it may move, with the votes of now", () => {
    const full = ["a", "b", "c", "d", "e"].slice(0, MOST);
    const before = ranked(NOTHING, viewOf(records(...full.map((id) => ({ id })))), true).view;
    const now = viewOf(records(...full.map((id) => ({ id, votes: id === "e" ? 7 : 0 })), { id: "new", votes: 9 }));
    const held = ranked(before, now, false);
    expect(ids(held.view)).toEqual([...full, "new"]);
    expect(held.view.open.find(({ id }) => id === "e")?.votes).toBe(7);
    expect(held.moved).toBe(true);
    expect(ids(ranked(before, now, true).view).slice(0, 2)).toEqual(["new", "e"]);
  });

  test("a short list shows at once what is new", () => {
    const before = viewOf(records({ id: "a" }));
    expect(ids(ranked(before, viewOf(records({ id: "a" }, { id: "b", votes: 2 })), false).view)).toEqual(["b", "a"]);
  });
});

describe("words as large as fit", () => {
  test("the largest that fits is found, or the least", () => {
    for (const best of [48, 49, 63, 107]) expect(largest(48, 107, (size) => size <= best)).toBe(best);
    expect(largest(48, 107, () => false)).toBe(48);
    expect(largest(47.2, 107, () => false)).toBe(48);
  });

  test("at 1920 × 1080 they are never under 48", () => {
    expect(smallest(1920, 1080)).toBe(48);
    expect(greatest(1920, 1080)).toBeCloseTo(107.52);
    for (const [width, height] of [[1024, 768], [800, 600], [390, 844], [844, 390], [3840, 2160]] as const) {
      expect(greatest(width, height)).toBeGreaterThanOrEqual(smallest(width, height));
    }
  });
});

test("keys: letters can be switched off, Space presses the button it is on", () => {
  const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, ...more });
  expect(["z", "b", "f", "l", "x"].map((key) => commandOf(press(key), false, true))).toEqual(["freeze", "blank", "full", "language", null]);
  expect(commandOf(press("B"), false, true)).toBe("blank");
  expect(commandOf(press("b"), false, false)).toBeNull();
  expect(commandOf(press("f", { ctrlKey: true }), false, true)).toBeNull();
  expect([commandOf(press(" "), false, false), commandOf(press(" "), true, true)]).toEqual(["freeze", null]);
});
