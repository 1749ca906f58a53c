import { describe, expect, test, vi } from "vitest";
import type { Desk, Question, Status } from "../qna/question";
import { ACTS, actsFor, atHand, possible, raises, type OnQuestion, type Wish, wishOf, withRev } from "./acts";
import { wordDiff } from "./diff";
import { commandOf, digit } from "./keys";
import { countsOf, inLane, labelsOf, laneOf, neighbour, risen } from "./lists";
import { Waiting } from "./news";
import { type Before, statusAfter, undoing } from "./undo";

const DESK: Desk = { asking: true, review: true, level: "named", stage: null, next: null, asked: 9, since: 0 };
const STATUSES: readonly Status[] = ["review", "open", "stage", "answered", "follow_up", "declined", "withdrawn"];

function question(differs: Partial<Question> = {}): Question {
  const plain = { id: "q", order: 1, at: 1, text: "Hoe?", status: "open", level: "named", by: "", name: "", votes: 0, rev: 0, label: "" } as const;
  return { ...plain, how: null, answer: "", original: null, because: null, note: "", parked: false, muted: false, ...differs };
}

/** What the server lets a question leave, and what it then becomes: a copy in small of `rooms/kinds/qna`, to try ways back on. */
const LEAVES: Partial<Record<Wish["t"], readonly Status[]>> = {
  "qna.approve": ["review"],
  "qna.decline": ["review", "open", "stage"],
  "qna.stage": ["open", "follow_up"],
  "qna.answer": ["open", "stage", "follow_up", "answered"],
  "qna.follow_up": ["open", "stage", "answered"],
  "qna.reopen": ["open", "stage", "answered", "follow_up", "declined"],
  "qna.park": ["review", "open"],
};

/** Throws where the server refuses. */
function after({ question: q, desk }: Required<Before>, wish: Wish): Required<Before> {
  if (wish.t === "qna.set") return { question: q, desk: { ...desk, asking: wish.asking ?? desk.asking, review: wish.review ?? desk.review } };
  if (wish.t === "qna.next") return { question: q, desk: { ...desk, next: wish.question } };
  if (LEAVES[wish.t]?.includes(q.status) === false) throw new Error(`${wish.t} refused: ${q.status}`);
  if (wish.t === "qna.edit") return { question: { ...q, text: wish.text }, desk };
  if (wish.t === "qna.label") return { question: { ...q, label: wish.label }, desk };
  if (wish.t === "qna.park") return { question: { ...q, parked: wish.on }, desk };
  if (wish.t === "qna.mute") return { question: { ...q, muted: wish.on }, desk };
  if (wish.t === "qna.remove") throw new Error("gone");
  if (wish.t === "qna.stage" && desk.stage !== null) throw new Error("occupied");
  const status = statusAfter(wish);
  const parked = q.parked && ["review", "open"].includes(status);
  const because = wish.t === "qna.decline" ? wish.because : null;
  const [how, answer] = wish.t === "qna.answer" ? [wish.how, wish.text ?? ""] : [null, ""];
  const note = wish.t === "qna.decline" ? (wish.note ?? "") : "";
  const next = desk.next === q.id && !["open", "follow_up"].includes(status) ? null : desk.next;
  const stage = status === "stage" ? q.id : desk.stage === q.id ? null : desk.stage;
  return { question: { ...q, status, parked, because, how, answer, note }, desk: { ...desk, next, stage } };
}

const BEFORE: Record<Status, Partial<Question>> = {
  review: {},
  open: {},
  stage: {},
  answered: { how: "written", answer: "Zo." },
  follow_up: {},
  declined: { because: "unclear", note: "Korter" },
  withdrawn: {},
};

const WISHES: readonly OnQuestion[] = [
  ...ACTS.map(({ name }) => wishOf(name, "q")).filter((wish) => wish !== null && wish.t !== "qna.next" && wish.t !== "qna.set" && wish.t !== "qna.remove"),
  { t: "qna.decline", question: "q", because: "not_now", note: "Later" },
  { t: "qna.edit", question: "q", text: "Waarom?" },
  { t: "qna.label", question: "q", label: "zaad" },
  { t: "qna.answer", question: "q", how: "written", text: "Nee." },
] as OnQuestion[];

describe("undo", () => {
  const cases = WISHES.flatMap((wish) =>
    STATUSES.flatMap((status) => [false, true].flatMap((marked) => ({ wish, status, marked, name: `${JSON.stringify(wish)} from ${status}${marked ? ", parked or next" : ""}` }))),
  ).filter(({ wish, status }) => possible(wish, status));

  test.each(cases)("puts it back as it was: $name", ({ wish, status, marked }) => {
    const parked = marked && ["review", "open"].includes(status) && wish.t !== "qna.park";
    const next = marked && ["open", "follow_up"].includes(status) ? "q" : null;
    const before = { question: question({ status, ...BEFORE[status], parked }), desk: { ...DESK, next, stage: status === "stage" ? "q" : null } };
    if (wish.t === "qna.park") before.question = { ...before.question, parked: !wish.on };
    if (wish.t === "qna.mute") before.question = { ...before.question, muted: !wish.on };
    const done = after(before, wish);
    expect(done).not.toEqual(before); // the control: without the way back it is not as it was
    expect(undoing(wish, before).reduce(after, done)).toEqual(before);
  });

  test("there are enough ways to go back from", () => {
    expect(cases.length).toBeGreaterThan(60);
    expect(undoing({ t: "qna.remove", question: "q" }, { question: question(), desk: DESK })).toEqual([]);
  });

  test("what is next and how the room asks go back too", () => {
    const desk = { ...DESK, next: "x", asking: false };
    expect(undoing({ t: "qna.next", question: "q" }, { desk })).toEqual([{ t: "qna.next", question: "x" }]);
    expect(undoing({ t: "qna.set", asking: true }, { desk })).toEqual([{ t: "qna.set", asking: false }]);
    expect(undoing({ t: "qna.set", review: false }, { desk })).toEqual([{ t: "qna.set", review: true }]);
  });

  test("advancing goes back in two: Next comes off the stage, what was there comes back", () => {
    const answered = { question: question({ id: "s", status: "stage" }), desk: { ...DESK, stage: "s", next: "q" } };
    const staged = { question: question(), desk: { ...DESK, next: "q" } };
    expect(undoing({ t: "qna.stage", question: "q" }, staged)).toEqual([
      { t: "qna.reopen", question: "q" },
      { t: "qna.next", question: "q" },
    ]);
    expect(undoing({ t: "qna.answer", question: "s", how: "live" }, answered)).toEqual([
      { t: "qna.reopen", question: "s" },
      { t: "qna.stage", question: "s" },
    ]);
  });
});

describe("acts", () => {
  const names = (q: Question, desk: Partial<Desk> = {}) => actsFor(q, { ...DESK, ...desk }, () => true).map(({ name }) => name);

  test("only what is possible now, and by whom", () => {
    expect(names(question({ status: "review" }))).toEqual(["approve", "edit", "park", "decline", "label", "mute", "remove"]);
    expect(names(question({ status: "withdrawn", muted: true }))).toEqual(["unmute", "remove"]);
    expect(names(question(), { next: "q" })).toContain("unnext");
    expect(names(question({ parked: true }))).toContain("unpark");
    expect(actsFor(question(), DESK, () => false)).toEqual([]);
    expect(actsFor(question(), DESK, (tag) => tag === "qna.park").map(({ name }) => name)).toEqual(["park"]);
  });

  test("at every moment a key means one thing", () => {
    for (const status of STATUSES) {
      for (const parked of [false, true]) {
        const keys = actsFor(question({ status, parked }), DESK, () => true).map(({ key }) => key);
        expect(new Set(keys).size, status).toBe(keys.length);
      }
    }
  });

  test("what is at hand is possible, the main act first", () => {
    for (const [status, main] of [["review", "approve"], ["open", "stage"], ["stage", "answer"], ["answered", "reopen"], ["declined", "reopen"]] as const) {
      const q = question({ status });
      expect(atHand(q, actsFor(q, DESK, () => true))[0]?.name).toBe(main);
    }
  });

  test("possible says what the server would", () => {
    for (const wish of WISHES) {
      for (const status of STATUSES) {
        const allowed = LEAVES[wish.t]?.includes(status) ?? true;
        if (possible(wish, status)) expect(allowed, `${wish.t} from ${status}`).toBe(true);
      }
    }
    expect(possible({ t: "qna.approve", question: "q" }, "declined")).toBe(false);
  });

  test("C4 a command carries the rev, where it changes what others may have changed", () => {
    expect(withRev({ t: "qna.approve", question: "q" }, 4)).toEqual({ t: "qna.approve", question: "q", rev: 4 });
    expect(withRev({ t: "qna.mute", question: "q", on: true }, 4)).toEqual({ t: "qna.mute", question: "q", on: true });
    expect([raises("qna.edit"), raises("qna.vote"), raises("qna.mute"), raises("qna.remove")]).toEqual([true, false, false, false]);
  });
});

describe("the lists", () => {
  const all = [
    question({ id: "a", order: 1, status: "open", votes: 1 }),
    question({ id: "b", order: 2, status: "open", votes: 3 }),
    question({ id: "c", order: 3, status: "review" }),
    question({ id: "d", order: 4, status: "review", parked: true }),
    question({ id: "e", order: 5, status: "answered" }),
    question({ id: "f", order: 6, status: "declined" }),
    question({ id: "g", order: 7, status: "stage" }),
  ];
  const ids = (lane: Parameters<typeof inLane>[0], came = new Map<string, number>()) => inLane(lane, all, came).map(({ id }) => id);

  test("each question stands in one of them, but what is on stage", () => {
    expect(all.map(laneOf)).toEqual(["live", "live", "review", "done", "done", "done", null]);
  });

  test("by age, by votes, parked ones first and then what was done last", () => {
    expect(ids("review")).toEqual(["c"]);
    expect(ids("live")).toEqual(["b", "a"]);
    expect(ids("done", new Map([["e", 1], ["f", 2]]))).toEqual(["d", "f", "e"]);
    expect(ids("done", new Map([["e", 3], ["f", 2]]))).toEqual(["d", "e", "f"]);
  });

  test("are counted", () => {
    expect(countsOf(all, 9)).toEqual({ asked: 9, published: 4, answered: 1, declined: 1 });
  });

  test("labels in use, most used first", () => {
    expect(labelsOf(["x", "y", "y", ""].map((label) => question({ label })))).toEqual(["y", "x"]);
  });

  test("what would stand higher is counted, what only made room is not", () => {
    expect(risen(["a", "b", "c"], ["c", "a", "b"])).toBe(1);
    expect(risen(["a", "b", "c"], ["a", "b", "c", "d"])).toBe(0);
    expect(risen(["a", "gone", "b"], ["b", "a"])).toBe(1);
  });

  test("the next one takes the place of what left", () => {
    expect(neighbour(["a", "b"], 0)).toBe("a");
    expect(neighbour(["a", "b"], 2)).toBe("b");
    expect(neighbour([], 0)).toBeUndefined();
  });
});

describe("what changed", () => {
  const shown = (before: string, now: string) => wordDiff(before, now).map(({ text, in: where }) => (where === "both" ? text : where === "before" ? `[-${text}-]` : `[+${text}+]`)).join("");

  test("is shown by words", () => {
    expect(shown("een rode hiel?", "een warme rode hiel?")).toBe("een [+warme +]rode hiel?");
    expect(shown("every time it fails", "whenever it fails")).toBe("[-every time-][+whenever+] it fails");
    expect(shown("gelijk", "gelijk")).toBe("gelijk");
    expect(shown("", "nieuw")).toBe("[+nieuw+]");
  });

  test("both texts can be read from it, whatever the script", () => {
    for (const [a, b] of [["Коли сіяти горох?", "Коли саме сіяти?"], ["a b c", "c b a"], ["één  twee\ndrie", "één twee"]] as const) {
      const parts = wordDiff(a, b);
      expect(parts.filter((part) => part.in !== "after").map(({ text }) => text).join("")).toBe(a);
      expect(parts.filter((part) => part.in !== "before").map(({ text }) => text).join("")).toBe(b);
    }
  });
});

describe("keys", () => {
  const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
  const free = { inField: false, onCard: false, onItself: false };
  const card = { inField: false, onCard: true, onItself: true };

  test("letters act anywhere but where one types, and can be switched off", () => {
    expect(commandOf(press("a"), free, true)).toBe("act-a");
    expect(commandOf(press("N"), free, true)).toBe("advance");
    expect(commandOf(press("2"), free, true)).toBe("lane-1");
    expect(commandOf(press("a"), { ...free, inField: true }, true)).toBeNull();
    expect(commandOf(press("a", { ctrlKey: true }), free, true)).toBeNull();
    expect(commandOf(press("a"), card, false)).toBeNull();
  });

  test("keys with a name act on a question only, switched off or not", () => {
    expect(commandOf(press("ArrowDown"), card, false)).toBe("next");
    expect(commandOf(press("Delete"), card, false)).toBe("act-Delete");
    expect(commandOf(press("ArrowDown"), free, true)).toBeNull();
    expect(commandOf(press("Enter"), card, false)).toBe("more");
    expect(commandOf(press("Enter"), { ...card, onItself: false }, true)).toBeNull();
  });

  test("no act has a key that means something else", () => {
    for (const { key } of ACTS) expect(commandOf(press(key), card, true)).toBe(`act-${key}`);
  });

  test("a digit names one of a list", () => {
    expect([digit(press("3"), 6, true), digit(press("7"), 6, true), digit(press("3"), 6, false), digit(press("a"), 6, true)]).toEqual([2, null, null, null]);
  });
});

test("who listens hears how many wait, when they are more, and not too often", () => {
  vi.useFakeTimers();
  const told: number[] = [];
  const waiting = new Waiting((count) => told.push(count));
  waiting.are(3);
  vi.advanceTimersByTime(20_000);
  expect(told).toEqual([]); // they were there already
  waiting.are(4);
  waiting.are(5);
  vi.advanceTimersByTime(1_500);
  expect(told).toEqual([5]);
  waiting.are(6);
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual([5]);
  vi.advanceTimersByTime(5_000);
  waiting.are(2);
  vi.advanceTimersByTime(20_000);
  expect(told).toEqual([5, 6]); // fewer is no news
  vi.useRealTimers();
});
