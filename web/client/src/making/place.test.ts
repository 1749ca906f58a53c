import { beforeEach, expect, test } from "vitest";
import { lost, naming, stand, standIn, standing } from "./place.svelte";

beforeEach(lost);

test("who is in one community is never asked which", () => {
  stand("a", false);
  standIn("b");
  expect(standing()).toBeNull();
  expect(naming("/c?q=x#y")).toBe("/c?q=x#y");
});

test.each([
  ["/c", "/c?community=a"],
  ["/l?q=wond+zorg", "/l?q=wond+zorg&community=a"],
  ["/s/x/board/y#z?w", "/s/x/board/y?community=a#z?w"],
  ["/c?community=b", "/c?community=b"],
])("%s", (address, named) => {
  stand("a");
  expect(naming(address)).toBe(named);
});

test("a page of another one brings somebody there", () => {
  stand("a");
  standIn("b");
  expect(naming("/c")).toBe("/c?community=b");
});
