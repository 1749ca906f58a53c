import { describe, expect, test } from "vitest";
import { RoomState } from "./room";
import { message, type FakeSocket, joined as answer, PUT } from "./testing/world";
import type { Joined } from "./wire";

const joined = (more: Partial<Joined>): Joined => answer({ sentOf: () => [] } as unknown as FakeSocket, more);

function room(more: Partial<Joined> = {}): RoomState {
  const state = new RoomState("r");
  state.takeJoined(joined({ put: { ...PUT, a: message(401), b: message(402) }, oldest: 401, ...more }));
  return state;
}

describe("joined", () => {
  test("full replaces everything, pages too", () => {
    const state = room();
    state.paging = { id: "1", before: 401 };
    state.takePaged({ t: "paged", id: "1", room: "r", put: { old: message(301) }, more: true });
    expect(state.takeJoined(joined({ put: { ...PUT, b: message(402, "new") }, oldest: 402, seq: 20 }))).toBe("all");
    expect([...state.records.keys()]).toEqual(["room", "b"]);
    expect([state.oldest, state.seq]).toEqual([402, 20]);
  });

  test("a difference is merged, and keeps the pages", () => {
    const state = room();
    state.paging = { id: "1", before: 401 };
    state.takePaged({ t: "paged", id: "1", room: "r", put: { old: message(301) }, more: true });
    const changed = state.takeJoined(joined({ full: false, put: { c: message(403) }, gone: ["a"], seq: 20, mark: "m20", oldest: 402 }));
    expect(changed).toEqual(new Set(["a", "c"]));
    expect([...state.records.keys()]).toEqual(["room", "b", "old", "c"]);
    expect([state.oldest, state.seq, state.mark, state.more]).toEqual([301, 20, "m20", true]);
  });

  test("more: only when memory let go of something", () => {
    expect([0, 1, 2, 401].map((oldest) => room({ oldest }).more)).toEqual([false, false, true, true]);
  });

  test("what one may do follows the state of the room", () => {
    const state = room({ may: { open: ["chat.post"], locked: ["chat.delete"], closed: [] } });
    expect([state.state, state.may("chat.post"), state.may("chat.delete")]).toEqual(["open", true, false]);
    state.takeChange({ t: "change", room: "r", put: { room: { t: "room", state: "locked" } }, seq: 11, mark: "m" });
    expect([state.state, state.may("chat.post"), state.may("chat.delete")]).toEqual(["locked", false, true]);
  });
});

describe("change", () => {
  test("with a seq it moves the position", () => {
    const state = room();
    expect(state.takeChange({ t: "change", room: "r", put: { c: message(403) }, gone: ["a"], seq: 11, mark: "m11" })).toEqual(
      new Set(["a", "c"]),
    );
    expect([state.seq, state.mark, state.records.has("a")]).toEqual([11, "m11", false]);
  });

  test("without one it is merged and moves nobody (F4)", () => {
    const state = room();
    state.takeChange({ t: "change", room: "r", put: { mine: message(403) } });
    expect([state.seq, state.mark, state.records.has("mine")]).toEqual([10, "m10", true]);
  });
});

describe("paged", () => {
  test("moves the oldest loaded number down, also where all hundred are hidden from us", () => {
    const state = room();
    state.paging = { id: "1", before: 401 };
    state.takePaged({ t: "paged", id: "1", room: "r", put: { x: message(290), y: message(400) }, more: true });
    expect([state.oldest, state.more]).toEqual([290, true]);
    state.paging = { id: "2", before: 290 };
    state.takePaged({ t: "paged", id: "2", room: "r", put: {}, more: true });
    expect([state.oldest, state.more]).toEqual([190, true]);
    state.paging = { id: "3", before: 190 };
    state.takePaged({ t: "paged", id: "3", room: "r", put: { z: message(4) }, more: false });
    expect([state.oldest, state.more]).toEqual([0, false]);
  });

  test("a record that changed after the page was read is told after it, and wins", () => {
    const state = room();
    state.paging = { id: "1", before: 401 };
    state.takePaged({ t: "paged", id: "1", room: "r", put: { x: message(390) }, more: true });
    state.takeChange({ t: "change", room: "r", gone: ["x"], seq: 11, mark: "m" });
    expect(state.records.has("x")).toBe(false);
  });
});

describe("presence", () => {
  test("a difference is merged, and a whole replaces", () => {
    const state = room();
    state.takePresence({ t: "presence", room: "r", count: 3, put: { b: { name: "Bo", staff: true }, c: { name: "Cas" } } });
    expect([state.presence.count, ...state.presence.people.keys()]).toEqual([3, "me", "b", "c"]);
    state.takePresence({ t: "presence", room: "r", count: 2, gone: ["me"] });
    expect([...state.presence.people.keys()]).toEqual(["b", "c"]);
    state.takePresence({ t: "presence", room: "r", count: 250, put: { d: { name: "Dee" } }, whole: true });
    expect([state.presence.count, ...state.presence.people.keys()]).toEqual([250, "d"]);
  });

  test("who leaves is no longer typing", () => {
    const state = room();
    state.heard.take("typing", "b", { on: true }, 0);
    state.takePresence({ t: "presence", room: "r", count: 1, gone: ["b"] });
    expect(state.heard.whispers.size).toBe(0);
  });
});
