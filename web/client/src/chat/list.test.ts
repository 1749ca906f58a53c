import { describe, expect, test } from "vitest";
import type { Rec } from "../../sync";
import { keptNumber, Reading, unreadCount } from "./reading";
import { rowsOf, type RowsInput } from "./rows";
import { message, messages } from "./testing";
import { Timeline } from "./timeline";
import { around, bounded, down, MOST, newest, sliceOf, STEP, up, type View } from "./view";

function record(n: number, text = "hi"): Rec {
  return { t: "chat.message", n, at: n, by: "a", name: "Anna", text };
}

describe("the timeline", () => {
  test("is in order of number, whatever came first", () => {
    const records = new Map<string, Rec>([
      ["c", record(3)],
      ["room", { t: "room", state: "open" }],
      ["a", record(1)],
    ]);
    const timeline = new Timeline();
    timeline.update(records, "all", 1);
    records.set("b", record(2)).set("d", record(4));
    timeline.update(records, new Set(["d", "b"]), 1);
    expect(timeline.messages.map((m) => m.id)).toEqual(["a", "b", "c", "d"]);
  });

  test("takes changes and losses, one by one as from scratch", () => {
    const records = new Map(Array.from({ length: 50 }, (_, i): [string, Rec] => [`m${i + 1}`, record(i + 1)]));
    const step = new Timeline();
    step.update(records, "all", 1);
    records.delete("m7");
    records.set("m8", record(8, "changed")).set("m51", record(51));
    step.update(records, new Set(["m7", "m8", "m51"]), 1);
    const whole = new Timeline();
    whole.update(records, "all", 1);
    expect(step.messages).toEqual(whole.messages);
    expect(step.messages).toHaveLength(50);
  });

  test("leaves a pinned message from long ago out until what lies between is loaded", () => {
    const records = new Map([
      ["old", record(3)],
      ["m9", record(9)],
    ]);
    const timeline = new Timeline();
    timeline.update(records, "all", 9);
    expect(timeline.messages.map((m) => m.id)).toEqual(["m9"]);
    timeline.update(records, new Set(["old"]), 9);
    expect(timeline.messages.map((m) => m.id)).toEqual(["m9"]);
    timeline.update(records, new Set(["x"]), 1);
    expect(timeline.messages.map((m) => m.id)).toEqual(["old", "m9"]);
  });

  test("is the same array when nothing of it changed", () => {
    const timeline = new Timeline();
    timeline.update(new Map([["a", record(1)]]), "all", 1);
    const before = timeline.messages;
    timeline.update(new Map([["a", record(1)]]), new Set(), 1);
    expect(timeline.messages).toBe(before);
  });
});

describe("rows", () => {
  const input: RowsInput = {
    messages: [],
    unstored: [],
    you: ["me"],
    readUpTo: null,
    confirmed: null,
    editsUnderWay: new Map(),
    fromStart: true,
    dayKey: (at) => `${Math.floor(at / 86_400_000)}`,
  };
  const shape = (rows: ReturnType<typeof rowsOf>) => rows.map((row) => `${row.newDay ? "day " : ""}${row.firstUnread ? "new " : ""}${row.continues ? "+" : "@"}${row.message.n}`);

  test("messages of one author within five minutes belong together", () => {
    const list = [
      message(1, { at: 0 }),
      message(2, { at: 200_000 }),
      message(3, { at: 600_000 }),
      message(4, { at: 610_000, by: "b", name: "Bert" }),
      message(5, { at: 620_000, by: "b", name: "Bert", replyTo: { id: "m1", n: 1, name: "Anna" } }),
    ];
    expect(shape(rowsOf({ ...input, messages: list }))).toEqual(["day @1", "+2", "@3", "@4", "@5"]);
  });

  test("a day begins where the date changes, and what is just above the window counts", () => {
    const list = [message(2, { at: 86_400_000 - 1_000 }), message(3, { at: 86_400_000 })];
    expect(shape(rowsOf({ ...input, messages: list, before: message(1, { at: 86_400_000 - 2_000 }) }))).toEqual(["+2", "day @3"]);
  });

  test("no day is named above a first message whose day may have begun earlier", () => {
    expect(shape(rowsOf({ ...input, messages: [message(2)], fromStart: false }))).toEqual(["@2"]);
    expect(shape(rowsOf({ ...input, messages: [message(2)] }))).toEqual(["day @2"]);
  });

  test("the unread line stands once, above the first message of somebody else", () => {
    const list = [message(1, { at: 0 }), message(2, { at: 1, by: "me", name: "Me" }), message(3, { at: 2 }), message(4, { at: 3 })];
    expect(shape(rowsOf({ ...input, messages: list, readUpTo: 1 }))).toEqual(["day @1", "@2", "new @3", "+4"]);
    expect(shape(rowsOf({ ...input, messages: list.slice(3), readUpTo: 1, before: list[2] }))).toEqual(["+4"]);
    expect(shape(rowsOf({ ...input, messages: list, readUpTo: null })).join(" ")).not.toContain("new");
  });

  test("own words under way stand at the end, with how they stand", () => {
    const own = (id: string, standing: "waiting" | "refused", why?: string) => ({
      id,
      message: message(Number.MAX_SAFE_INTEGER, { id, by: "me", name: "Me", at: 70_000 }),
      standing,
      ...(why === undefined ? {} : { why }),
    });
    const rows = rowsOf({ ...input, messages: [message(1)], unstored: [own("p", "waiting"), own("q", "refused", "full")], confirmed: "m1" });
    expect(rows.map((row) => [row.key, row.standing, row.mine, row.why])).toEqual([
      ["m1", "stored", false, undefined],
      ["own:p", "waiting", true, undefined],
      ["own:q", "refused", true, "full"],
    ]);
  });
});

describe("the window on a long list", () => {
  const all = messages(1, 1_000);
  const numbers = (view: View) => {
    const { start, end } = sliceOf(all, view);
    return [all[start]?.n, all[end - 1]?.n];
  };

  test("begins at the newest, and follows it", () => {
    const view = newest(all);
    expect(numbers(view)).toEqual([1_001 - STEP, 1_000]);
    expect(view.high).toBeNull();
  });

  test("reaches the first message upwards and the newest downwards, and never holds more than its bound", () => {
    let view = newest(all);
    for (let i = 0; i < 20; i++) {
      view = up(all, view);
      const [low = 0, high = 0] = numbers(view);
      expect(high - low + 1).toBeLessThanOrEqual(MOST);
    }
    expect(numbers(view)[0]).toBe(1);
    for (let i = 0; i < 20 && view.high !== null; i++) {
      view = down(all, view);
      const [low = 0, high = 0] = numbers(view);
      expect(high - low + 1).toBeLessThanOrEqual(MOST);
    }
    expect(view.high).toBeNull();
    expect(numbers(view)[1]).toBe(1_000);
  });

  test("stays where it is when older messages are loaded above it", () => {
    const loaded = all.slice(500);
    const view = around(loaded, 700);
    const before = loaded.slice(sliceOf(loaded, view).start, sliceOf(loaded, view).end);
    const after = all.slice(sliceOf(all, view).start, sliceOf(all, view).end);
    expect(after).toEqual(before);
  });

  test("shows one message in the middle, also near an end", () => {
    expect(numbers(around(all, 500))).toEqual([500 - STEP / 2, 499 + STEP / 2]);
    expect(numbers(around(all, 2))[0]).toBe(1);
    expect(around(all, 999).high).toBeNull();
  });

  test("lets go of the top for a reader at the end, and of the news for one who reads above", () => {
    const long: View = { low: 1, high: null };
    expect(bounded(all, long, true)).toEqual(newest(all));
    expect(bounded(all, long, false)).toEqual({ low: 1, high: MOST });
    const short = newest(all);
    expect(bounded(all, short, true)).toBe(short);
  });

  test("holds nothing of nothing", () => {
    expect(sliceOf([], newest([]))).toEqual({ start: 0, end: 0 });
    expect(newest([]).high).toBeNull();
  });
});

describe("reading", () => {
  const ALL = Infinity;

  test("somebody new has nothing unread", () => {
    const reading = new Reading(null, 40);
    reading.update(40, 0);
    expect([reading.seen, reading.line]).toEqual([40, null]);
  });

  test("the line stands where one left off, and stays while one reads on", () => {
    const reading = new Reading(30, 40);
    reading.update(40, 0);
    expect(reading.line).toBe(30);
    reading.update(40, 34);
    expect([reading.seen, reading.line]).toEqual([34, 30]);
    reading.update(45, ALL);
    expect([reading.seen, reading.line]).toEqual([45, 30]);
  });

  test("scrolling back unreads nothing", () => {
    const reading = new Reading(40, 40);
    reading.update(40, ALL);
    reading.update(40, 12);
    expect([reading.seen, reading.line]).toEqual([40, null]);
  });

  test("looking away again moves it to the first message missed, and only to that", () => {
    const reading = new Reading(40, 40);
    for (const newest of [41, 42, 43]) reading.update(newest, 0);
    expect([reading.seen, reading.line]).toEqual([40, 40]);
    reading.update(43, ALL);
    reading.update(50, 0);
    expect(reading.line).toBe(43);
  });

  test("who answers has read", () => {
    const reading = new Reading(30, 40);
    reading.update(40, 0);
    reading.answered();
    expect(reading.line).toBeNull();
  });

  test("a mark beyond the room's end, of a room that began anew, does not hide what comes", () => {
    const reading = new Reading(900, 3);
    reading.update(4, 0);
    expect(reading.line).toBe(3);
  });

  test("what others wrote since counts; one's own words do not", () => {
    const list = [message(1), message(2, { by: "me" }), message(3), message(4)];
    expect(unreadCount(list, 1, ["me"])).toBe(2);
    expect(unreadCount(list, 4, ["me"])).toBe(0);
    expect(unreadCount([], 0, ["me"])).toBe(0);
  });

  test("only a number is a mark", () => {
    expect(["12", null, "", "x", "1.5"].map(keptNumber)).toEqual([12, null, null, null, null]);
  });
});
