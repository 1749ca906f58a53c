import { describe, expect, test } from "vitest";
import { Heard, Telling } from "./awareness";

describe("what others whisper", () => {
  test("is there until 8 s after it was last heard", () => {
    const heard = new Heard();
    heard.take("typing", "a", { on: true }, 0);
    heard.take("typing", "a", { on: true }, 5_000);
    expect(heard.wakeAt()).toBe(13_000);
    expect(heard.fade(12_999)).toBe(false);
    expect(heard.whispers.get("typing")?.get("a")).toEqual({ on: true });
    expect(heard.fade(13_000)).toBe(true);
    expect(heard.whispers.size).toBe(0);
  });

  test("the latest wins, per person and name; empty is no longer", () => {
    const heard = new Heard();
    heard.take("cursor", "a", { x: 1 }, 0);
    heard.take("cursor", "b", { x: 2 }, 0);
    heard.take("cursor", "a", { x: 3 }, 1);
    heard.take("typing", "a", { on: true }, 1);
    const before = heard.whispers;
    heard.take("typing", "a", {}, 2);
    expect([...heard.whispers.keys()]).toEqual(["cursor"]);
    expect(heard.whispers.get("cursor")?.get("a")).toEqual({ x: 3 });
    expect(before.get("typing")?.size).toBe(1); // a new map at every change
  });

  test("who leaves whispers no longer", () => {
    const heard = new Heard();
    heard.take("typing", "a", { on: true }, 0);
    heard.take("typing", "b", { on: true }, 0);
    heard.gone(["a"]);
    expect([...(heard.whispers.get("typing")?.keys() ?? [])]).toEqual(["b"]);
  });
});

describe("what we whisper", () => {
  test("at most ten times a second, the latest wins", () => {
    const telling = new Telling();
    expect(telling.say("cursor", { x: 1 }, 0)).toEqual({ x: 1 });
    expect(telling.say("cursor", { x: 2 }, 30)).toBeUndefined();
    expect(telling.say("cursor", { x: 3 }, 60)).toBeUndefined();
    expect(telling.wakeAt()).toBe(100);
    expect(telling.due(99)).toEqual([]);
    expect(telling.due(100)).toEqual([["cursor", { x: 3 }]]);
    expect(telling.wakeAt()).toBe(Infinity);
  });

  test("nothing twice within 3 s, again after that", () => {
    const telling = new Telling();
    telling.say("typing", { on: true }, 0);
    expect(telling.say("typing", { on: true }, 2_999)).toBeUndefined();
    expect(telling.say("typing", { on: true }, 3_000)).toEqual({ on: true });
  });

  test("back to what was told last: the one between is dropped", () => {
    const telling = new Telling();
    telling.say("typing", { on: true }, 0);
    telling.say("typing", {}, 50);
    telling.say("typing", { on: true }, 60);
    expect(telling.due(100)).toEqual([]);
  });
});
