import { expect, test } from "vitest";
import type { Part } from "../desk/diff";
import { brief, changesOf, same } from "./changes";

const without = (parts: readonly Part[], where: Part["in"]) => parts.filter((part) => part.in !== where).map(({ text }) => text).join("");
const paragraph = (nth: number) => `Paragraph ${nth}: ${"so many words about the same thing ".repeat(12)}\n\n`;
const PAGE = Array.from({ length: 45 }, (_, nth) => paragraph(nth)).join("");

test("what is left out of a difference is the other text", () => {
  for (const [before, after] of [
    ["look after an hour", "look after half an hour"],
    ["", "new"],
    ["gone", ""],
    [PAGE, PAGE.replace("Paragraph 20:", "Paragraph twenty:")],
    [PAGE, paragraph(99) + PAGE],
    [PAGE, PAGE.split("\n\n").reverse().join("\n\n")],
    [PAGE, "x\ny\n".repeat(2_000)],
    [PAGE.slice(0, 20_000), PAGE.slice(0, 20_000).replaceAll("words", "letters")],
  ] as const) {
    const parts = changesOf(before, after);
    expect(without(parts, "after")).toBe(before);
    expect(without(parts, "before")).toBe(after);
    expect(same(parts)).toBe(false);
  }
  expect(same(changesOf(PAGE, PAGE))).toBe(true);
});

test("in a long text the words that changed are found, not the page", () => {
  const parts = changesOf(PAGE, PAGE.replace("Paragraph 20:", "Paragraph twenty:"));
  expect(parts.filter((part) => part.in !== "both")).toEqual([
    { text: "20", in: "before" },
    { text: "twenty", in: "after" },
  ]);
});

test("and in two places at once", () => {
  const parts = changesOf(PAGE, PAGE.replace("Paragraph 3:", "Paragraph three:").replace("Paragraph 40:", "Paragraph forty:"));
  expect(parts.filter((part) => part.in === "after").map(({ text }) => text)).toEqual(["three", "forty"]);
});

test("in brief, only what is around a change is left", () => {
  const parts = brief(changesOf(PAGE, PAGE.replace("Paragraph 20:", "Paragraph twenty:")), 40);
  const told = parts.map(({ text }) => text).join("");
  expect(told.length).toBeLessThan(140);
  expect(told).toMatch(/^ \[…\] .*Paragraph 20twenty: so many words .* \[…\] $/s);
});
