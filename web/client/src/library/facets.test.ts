import { expect, test } from "vitest";
import type { Facets } from "./api";
import { optionsOf } from "./facets";
import { ANYTHING } from "./query";

const NOTHING: Facets = { type: [], tag: [], session: [], status: [] };
const ALL: Facets = {
  type: [
    ["practice", 3],
    ["answer", 2],
  ],
  tag: [["huid", 4]],
  session: [["S", "Avond", 5]],
  status: [["published", 5]],
};

test("with nothing chosen, what the server counts is what there is", () => {
  expect(optionsOf(ALL, null, ANYTHING)).toEqual(ALL);
  expect(optionsOf(NOTHING, ALL, ANYTHING)).toEqual(NOTHING);
});

test("what stood beside a choice stays to choose from", () => {
  const now: Facets = { ...NOTHING, type: [["answer", 2]], tag: [["huid", 1]] };
  const found = optionsOf(now, ALL, { ...ANYTHING, type: ["answer"] });
  expect(found.type).toEqual([
    ["practice", 3],
    ["answer", 2],
  ]);
  expect(found.tag).toEqual([["huid", 1]]); // nothing is chosen there: as counted now
});

test("what is chosen is there to let go of, even when nothing fits", () => {
  const query = { ...ANYTHING, type: ["case"], session: ["S"] };
  expect(optionsOf(NOTHING, ALL, query).type).toContainEqual(["case", 0]);
  expect(optionsOf(NOTHING, ALL, query).session).toEqual([["S", "Avond", 0]]);
  expect(optionsOf(NOTHING, null, query).session).toEqual([["S", "", 0]]);
});
