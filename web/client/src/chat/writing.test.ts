import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keepIn } from "../keep";
import { keepDraft, keptDraft } from "./draft";
import { commandOf } from "./keys";
import { News } from "./news";
import { message } from "./testing";
import { Typing, typists } from "./typing";

describe("a draft", () => {
  const draft = { text: "half a sentence", replyTo: { id: "m1", n: 1, name: "Anna" } };

  test("is kept per room, and goes with an empty field", () => {
    const keep = keepIn(null);
    keepDraft("r1", draft, keep);
    expect(keptDraft("r1", keep)).toEqual(draft);
    expect(keptDraft("r2", keep)).toEqual({ text: "", replyTo: null });
    keepDraft("r1", { text: "", replyTo: null }, keep);
    expect(keep.get("kring.draft.r1")).toBeNull();
  });

  test("that is spoilt is none", () => {
    const keep = keepIn(null);
    for (const spoilt of ["{", "3", '{"text":1}', '{"text":"a","replyTo":{"id":1}}']) {
      keep.set("kring.draft.r1", spoilt);
      expect(keptDraft("r1", keep)).toEqual({ text: "", replyTo: null });
    }
  });
});

describe("keys", () => {
  const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
  const outside = { inField: false, inLog: false };

  test("single letters count outside fields only", () => {
    expect(commandOf(press("c"), outside, true)).toBe("compose");
    expect(commandOf(press("r"), outside, true)).toBe("act-r");
    expect(commandOf(press("3"), outside, true)).toBe("react-3");
    expect(commandOf(press("c"), { inField: true, inLog: false }, true)).toBeNull();
    expect(commandOf(press("c", { ctrlKey: true }), outside, true)).toBeNull();
    expect(commandOf(press("c", { isComposing: true }), outside, true)).toBeNull();
  });

  test("switched off, letters mean nothing; arrows in the list still do", () => {
    expect(commandOf(press("c"), outside, false)).toBeNull();
    expect(commandOf(press("?"), outside, false)).toBeNull();
    expect(commandOf(press("ArrowDown"), { inField: false, inLog: true }, false)).toBe("next");
    expect(commandOf(press("ArrowDown"), outside, true)).toBeNull();
  });
});

describe("with a clock", () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  test("typing is told at once, at most every three seconds, and when it stops", () => {
    const told: string[] = [];
    const typing = new Typing((data) => told.push(`${Date.now()} ${JSON.stringify(data)}`));
    for (let ms = 0; ms < 4_000; ms += 100) {
      typing.typed("hello");
      vi.advanceTimersByTime(100);
    }
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual(['0 {"on":true}', '3000 {"on":true}', "8900 {}"]);
  });

  test("typing that ends in nothing or in sending is over at once, and told once", () => {
    const told: object[] = [];
    const typing = new Typing((data) => told.push(data));
    typing.typed(" ");
    typing.typed("a");
    typing.typed("");
    typing.stop();
    expect(told).toEqual([{ on: true }, {}]);
  });

  test("news is gathered, and never told more than once in ten seconds", () => {
    const told: string[] = [];
    const news = new News((messages) => told.push(`${Date.now()}: ${messages.length}`));
    news.add([message(1)]);
    news.add([message(2)]);
    vi.advanceTimersByTime(2_000);
    for (let i = 0; i < 30; i++) {
      news.add([message(3 + i)]);
      vi.advanceTimersByTime(500);
    }
    vi.advanceTimersByTime(20_000);
    expect(told).toEqual(["1000: 2", "11000: 18", "21000: 12"]);
  });
});

test("who types: you left out, a few by name, many as a number", () => {
  const names = new Map(["a", "b", "c", "d"].map((actor) => [actor, actor.toUpperCase()]));
  const say = (...actors: string[]) => typists(new Map(actors.map((actor) => [actor, { on: true }])), ["me"], (actor) => names.get(actor));
  expect(say("me")).toEqual({ names: [], others: 0 });
  expect(say("me", "a", "b")).toEqual({ names: ["A", "B"], others: 0 });
  expect(say("a", "b", "c", "d", "x")).toEqual({ names: ["A", "B", "C"], others: 2 });
  expect(typists(new Map([["", { count: 9 }]]), ["me"], () => undefined)).toEqual({ names: [], others: 9 });
});
