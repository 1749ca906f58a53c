import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const tokens = readFileSync(new URL("tokens.css", import.meta.url), "utf-8");

// Pairs in use, with what WCAG 2.2 AA asks of them: 4.5 for text, 3 for the edges of controls and for focus.
const TEXT = [
  ...["ink", "ink-2", "ink-3", "accent-text", "danger-text"].flatMap((fg) => ["paper", "surface", "sunken", "raised"].map((bg) => [fg, bg])),
  ...["on-tint", "ink", "ink-2", "ink-3", "accent-text"].map((fg) => [fg, "accent-tint"]),
  ...["review", "open", "stage", "answered", "merged", "follow", "declined", "warn"].map((name) => [`${name}-fg`, `${name}-bg`]),
  ...["ink", "ink-2", "stage-fg"].map((fg) => [fg, "stage-tint"]),
  ["ink-2", "sunken"],
  ["on-danger", "danger"],
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-tint", "accent-tint-2"],
  ["on-inverse", "inverse"],
  ["inverse-accent", "inverse"],
  ["on-mark", "mark"],
] as const;
const EDGES = ["line-strong", "accent", "focus"].flatMap((fg) => ["surface", "paper", "sunken"].map((bg) => [fg, bg]));

function colour(name: string, theme: 0 | 1): string {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens);
  return found?.[theme + 1] ?? "";
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(fg: string, bg: string, theme: 0 | 1): number {
  const [one, other] = [luminance(colour(fg, theme)), luminance(colour(bg, theme))];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

test.each([
  ["light", 0],
  ["dark", 1],
] as const)("every pair can be read (%s)", (_, theme) => {
  for (const [fg, bg] of TEXT) expect(contrast(fg, bg, theme), `${fg} on ${bg}`).toBeGreaterThanOrEqual(4.5);
  for (const [fg = "", bg = ""] of EDGES) expect(contrast(fg, bg, theme), `${fg} on ${bg}`).toBeGreaterThanOrEqual(3);
  expect(contrast("line", "surface", theme)).toBeLessThan(3); // the control: a hairline is no edge
});
