import { expect, test } from "vitest";
import { pseudo } from "./pseudo";
import { Times } from "./times";

const NOW = Date.UTC(2026, 10, 24, 18, 30); // 19.30 in Amsterdam
const nl = new Times("nl", undefined, "Europe/Amsterdam");
const en = new Times("en", undefined, "Europe/Amsterdam");
const HOUR_MS = 3_600_000;

test("times are written as each language writes them", () => {
  expect(nl.time(NOW)).toBe("19.30");
  expect(en.time(NOW)).toBe("19:30");
});

test("a day is near, or has a name, or has a year", () => {
  expect(nl.day(NOW, NOW)).toBe("Vandaag");
  expect(en.day(NOW - 24 * HOUR_MS, NOW)).toBe("Yesterday");
  expect(en.day(NOW - 96 * HOUR_MS, NOW)).toBe("Friday 20 November");
  expect(nl.day(Date.UTC(2013, 0, 13, 12), NOW)).toBe("Zondag 13 januari 2013");
});

test("midnight is the reader's, not the server's", () => {
  const late = Date.UTC(2026, 10, 23, 23, 30); // half past midnight in Amsterdam
  expect(nl.day(late, NOW)).toBe("Vandaag");
  expect(new Times("nl", undefined, "UTC").day(late, NOW)).toBe("Gisteren");
});

test("a title has the zone", () => {
  expect(en.whole(NOW)).toMatch(/24 November 2026.*19:30:00.*(CET|GMT\+1)/);
});

test("what Intl says wears the disguise; names do not", () => {
  const disguised = new Times("en", pseudo, "UTC");
  expect(disguised.day(NOW, NOW)).not.toMatch(/[a-z]/i);
  expect(disguised.whole(NOW)).not.toMatch(/[a-z]/i);
  expect(disguised.list(["Anna", "Bert", "Chris"])).toBe(`Anna, Bert ${pseudo("and")} Chris`);
});
