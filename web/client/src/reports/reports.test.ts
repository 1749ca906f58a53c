import { expect, test } from "vitest";
import { reportedIn } from "./reports.svelte";

test("what is reported, the latest first, each reason that was given with how often", () => {
  const things = { a: { at: 1, why: { spam: 1 } }, c: { at: 9, why: { other: 1, unkind: 2 } }, b: { at: 9, why: { private: 1 } } };
  expect(reportedIn({ t: "room.reports", things })).toEqual([
    { id: "b", at: 9, count: 1, whys: [["private", 1]] },
    { id: "c", at: 9, count: 3, whys: [["unkind", 2], ["other", 1]] },
    { id: "a", at: 1, count: 1, whys: [["spam", 1]] },
  ]);
});

test("whoever isn't staff is shown nothing of it", () => {
  expect(reportedIn(undefined)).toEqual([]);
  expect(reportedIn({ t: "room", state: "open" })).toEqual([]);
});
