import { expect, test } from "vitest";
import { initials, tone } from "./avatar";
import { ICONS } from "./icons";
import { ringOf } from "./seats";
import sprite from "./Sprite.svelte?raw";

test("every icon has its drawing, and every drawing its name", () => {
  expect([...sprite.matchAll(/id="i-([a-z-]+)"/g)].map((found) => found[1]).sort()).toEqual([...ICONS].sort());
});

test("initials are of the first and last word, whatever the script", () => {
  expect(["Marit de Boer", "joris", "Søren  Ærø", "李小龍", "x", " "].map(initials)).toEqual(["MB", "JO", "SÆ", "李小", "X", "?"]);
});

test("a name always has the same tone", () => {
  expect(tone("Marit")).toBe(tone("Marit"));
  expect(new Set(["Marit", "Joris", "Anouk", "Thijs", "Samira", "Wim", "Els", "Noor"].map(tone)).size).toBeGreaterThan(2);
});

test("a ring has a seat for each, one of them yours, and some free", () => {
  for (const others of [0, 1, 5, 17, 41, 400]) {
    const ring = ringOf(others, true);
    expect(ring.filter((seat) => seat.who === "you")).toHaveLength(1);
    expect(ring.filter((seat) => seat.who === "taken")).toHaveLength(Math.min(others, 41));
    expect(ring.filter((seat) => seat.who === "free").length).toBeGreaterThanOrEqual(6);
  }
  expect(ringOf(3, false).filter((seat) => seat.who === "you")).toEqual([]);
});
