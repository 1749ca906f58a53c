import { expect, test } from "vitest";
import { keepIn } from "../keep";
import { WRITING_PREFIX } from "./kept";
import { differing, EMPTY, keepWriting, keptWriting, sameWish, wishOf } from "./wish";

const WISH = { ...EMPTY, title: "Openen", tags: ["vergaderen"] };

test("what somebody writes is kept per item until it is saved", () => {
  const keep = keepIn(null);
  keepWriting("a", { version: 3, wish: WISH }, keep);
  expect(keptWriting("a", keep)).toEqual({ version: 3, wish: WISH });
  expect(keptWriting(null, keep)).toBeNull();
  keepWriting("a", null, keep);
  expect(keptWriting("a", keep)).toBeNull();
});

test("what is no item is not taken for one", () => {
  const keep = keepIn(null);
  for (const found of ["", "{", "null", "[]", '{"version":1}', JSON.stringify({ version: 1, wish: { ...WISH, type: "poem" } }), JSON.stringify({ version: 1, wish: { ...WISH, tags: [1] } })]) {
    keep.set(`${WRITING_PREFIX}a`, found);
    expect(keptWriting("a", keep), found).toBeNull();
  }
});

test("two items differ in what they say, not in what else is known of them", () => {
  const read = { ...WISH, id: "a", version: 4 };
  expect(wishOf(read)).toEqual(WISH);
  expect(sameWish(read, WISH)).toBe(true);
  expect(differing(read, WISH)).toEqual([]);
  expect(differing({ ...WISH, tags: ["a", "b"], status: "published" }, WISH)).toEqual(["tags", "status"]);
  expect(sameWish({ ...WISH, status: "outdated" }, WISH)).toBe(false);
});
