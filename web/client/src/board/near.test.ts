import { describe, expect, it } from "vitest";
import { near } from "./near";

/** A simple one to hold it against: every thing with where it begins and ends. */
function touching(heights: readonly number[], top: number, bottom: number): number[] {
  let at = 0;
  return heights.flatMap((height, nth) => {
    const [begin, end] = [at, (at += height)];
    return end > top && begin < bottom ? [nth] : [];
  });
}

describe("what is near the view", () => {
  const heights = Array.from({ length: 300 }, (_, nth) => 40 + ((nth * 37) % 160));
  const whole = heights.reduce((sum, height) => sum + height, 0);

  it("is everything that touches it and nothing else, with room for the others", () => {
    for (let top = -900; top < whole + 900; top += 173) {
      const { from, to, above, below } = near(heights, top, top + 800);
      const drawn = heights.slice(from, to);
      const expected = touching(heights, top, top + 800);
      if (expected.length > 0) expect([from, to]).toEqual([expected[0], (expected.at(-1) ?? 0) + 1]);
      else expect(drawn.length).toBe(1);
      expect(above).toBe(heights.slice(0, from).reduce((sum, height) => sum + height, 0));
      expect(above + drawn.reduce((sum, height) => sum + height, 0) + below).toBe(whole);
    }
  });

  it("goes as far as what is held, which stays drawn however far one scrolls", () => {
    for (const held of [0, 7, 150, 299]) {
      for (let top = -900; top < whole + 900; top += 673) {
        const [usual, found] = [near(heights, top, top + 800), near(heights, top, top + 800, held)];
        expect([found.from, found.to]).toEqual([Math.min(usual.from, held), Math.max(usual.to, held + 1)]);
        expect(found.above).toBe(heights.slice(0, found.from).reduce((sum, height) => sum + height, 0));
        expect(found.below).toBe(heights.slice(found.to).reduce((sum, height) => sum + height, 0));
      }
    }
  });

  it("is all of a short list, and nothing of an empty one", () => {
    expect(near([100, 100], -600, 1_400)).toEqual({ from: 0, to: 2, above: 0, below: 0 });
    expect(near([], -600, 1_400)).toEqual({ from: 0, to: 0, above: 0, below: 0 });
  });
});
