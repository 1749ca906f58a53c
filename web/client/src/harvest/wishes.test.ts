import { expect, test } from "vitest";
import { keep } from "../keep";
import type { Wish } from "./api";
import { keepWishes, keptWishes, WISHES_PREFIX } from "./wishes";

const DROP: Wish = { choice: "dropped" };
const KEEP: Wish = { choice: "kept", publish: true, draft: { title: "a", summary: "", body: "b", type: "idea", tags: [] } };

test("what did not arrive is found again, of that session only", () => {
  keepWishes("s", [
    ["a", DROP],
    ["b", KEEP],
  ]);
  expect(keptWishes("s")).toEqual([
    ["a", DROP],
    ["b", KEEP],
  ]);
  expect(keptWishes("t")).toEqual([]);
  keepWishes("s", []);
  expect(keptWishes("s")).toEqual([]);
  expect(keep.get(`${WISHES_PREFIX}s`)).toBeNull();
});

test.each(["{", "{}", "null", '[1, ["a"], ["a", null], ["a", {"choice": "kept"}], [1, {"choice": "open"}]]'])("what makes no sense is nothing: %s", (found) => {
  keep.set(`${WISHES_PREFIX}s`, found);
  expect(keptWishes("s")).toEqual([]);
});
