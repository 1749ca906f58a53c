import { describe, expect, test } from "vitest";
import { keepIn } from "../keep";
import { nextOrder } from "./order";
import { byVotes, covers, deskOf, foreseen, foreseenDesk, fromReceipt, type Question, questionOf } from "./question";
import { keepReceipts, keptReceipts } from "./receipts";

const RECEIPT = { t: "qna.receipt", question: "q", at: 5, text: "Waar?", level: "anonymous", status: "declined", because: "unclear", note: "Korter" } as const;

function question(id: string, differs: Partial<Question> = {}): Question {
  const found = questionOf(id, { t: "qna.question", at: 1, order: 1, text: "Hoe?", status: "open", level: "named" });
  if (!found) throw new Error("no question");
  return { ...found, ...differs };
}

describe("the order of questions", () => {
  const mine = (id: string) => id === "m";

  test("follows the votes while nobody reads", () => {
    expect(nextOrder(["a", "b"], ["b", "c", "a"], false, mine)).toEqual({ shown: ["b", "c", "a"], waiting: 0, moved: false });
  });

  test("stays while somebody does: what is gone goes, what is new waits, what is one's own comes on top", () => {
    expect(nextOrder(["a", "b", "x"], ["b", "m", "c", "a"], true, mine)).toEqual({ shown: ["m", "a", "b"], waiting: 1, moved: true });
  });

  test("has not moved when only something new waits", () => {
    expect(nextOrder(["a", "b"], ["c", "a", "b"], true, mine)).toEqual({ shown: ["a", "b"], waiting: 1, moved: false });
  });

  test("is by votes, then by who asked first", () => {
    const all = [question("a", { votes: 1, order: 1 }), question("b", { votes: 3, order: 3 }), question("c", { votes: 3, order: 2 })];
    expect(all.sort(byVotes).map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });
});

describe("what own acts under way make of it", () => {
  test("a vote counts at once, and never below nothing", () => {
    expect(foreseen(question("q", { votes: 2 }), [{ t: "qna.vote", question: "q", on: true }])?.votes).toBe(3);
    expect(foreseen(question("q"), [{ t: "qna.vote", question: "q", on: false }])?.votes).toBe(0);
  });

  test("acts of staff show at once, one after the other", () => {
    const staged = foreseen(question("q", { status: "review" }), [
      { t: "qna.approve", question: "q", rev: 0 },
      { t: "qna.stage", question: "q", rev: 1 },
    ]);
    expect(staged?.status).toBe("stage");
    expect(foreseen(question("q"), [{ t: "qna.remove", question: "q", rev: 0 }])).toBeUndefined();
  });

  test("the stage and what comes next follow", () => {
    const desk = { ...deskOf(undefined), next: "q" };
    expect(foreseenDesk(desk, [{ t: "qna.stage", question: "q", rev: 0 }])).toMatchObject({ stage: "q", next: null });
    expect(foreseenDesk({ ...desk, stage: "s" }, [{ t: "qna.answer", question: "s", rev: 0, how: "live" }])).toMatchObject({ stage: null, next: "q" });
    expect(foreseenDesk({ ...desk, stage: "s" }, [{ t: "qna.answer", question: "x", rev: 0, how: "live" }]).stage).toBe("s");
  });
});

test("one may hide more than the room asks for, never less", () => {
  expect([covers("named", "pseudonymous"), covers("anonymous", "pseudonymous"), covers("named", "named")]).toEqual([false, true, true]);
});

test("C7 one's own questions outlive the page, in this browser only", () => {
  const browser = keepIn(null);
  keepReceipts("room", new Map([["q", RECEIPT]]), browser);
  expect(keptReceipts("room", browser)).toEqual(new Map([["q", RECEIPT]]));
  expect(keptReceipts("another", browser).size).toBe(0);
  expect(fromReceipt(RECEIPT)).toMatchObject({ id: "q", text: "Waar?", status: "declined", because: "unclear", note: "Korter", votes: 0 });
  browser.set("kring.asked.room", '[{"question": 7}]'); // the control: what is no receipt is none
  expect(keptReceipts("room", browser).size).toBe(0);
});
