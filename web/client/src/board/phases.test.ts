import { expect, test } from "vitest";
import { clockwise, isForGood, MINUTE_MS, phaseAt, PHASES, timeLeft } from "./phases";

test("one step on and one back, and nothing beyond the ends", () => {
  expect(PHASES.map((phase) => phaseAt(phase, 1))).toEqual([...PHASES.slice(1), null]);
  expect(PHASES.map((phase) => phaseAt(phase, -1))).toEqual([null, ...PHASES.slice(0, -1)]);
});

test("only what is revealed is for good", () => {
  expect(PHASES.filter(isForGood)).toEqual(["write"]);
});

test("a ring empties, its last minute is told apart, and it never goes below nothing", () => {
  const five = 5 * MINUTE_MS;
  expect(timeLeft(0, five, 0)).toEqual({ seconds: 300, part: 1, last: false });
  expect(timeLeft(0, five, 4 * MINUTE_MS)).toEqual({ seconds: 60, part: 0.2, last: true });
  expect(timeLeft(0, five, five + 7)).toEqual({ seconds: 0, part: 0, last: false });
  expect(timeLeft(0, five, -100).part).toBe(1); // this clock is behind the server's
});

test("seconds as on a clock", () => {
  expect([0, 7, 60, 187].map(clockwise)).toEqual(["0:00", "0:07", "1:00", "3:07"]);
});
