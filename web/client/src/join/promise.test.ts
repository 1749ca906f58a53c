import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Catalogue } from "../text/catalogue";

const docs = readFileSync(new URL("../../../../docs/anonymity.md", import.meta.url), "utf-8");
const promised = /^> \*\*The promise\.\*\* (.+)$/m.exec(docs)?.[1];

test("C7 the door says the promise word for word as the documentation does", () => {
  expect(promised).toMatch(/^After close/);
  expect(new Catalogue("en").say("promise")).toBe(promised);
});

test("C7 in Dutch it has the same three parts", () => {
  const parts = (sentence: string) => sentence.split("; ").length;
  expect(parts(new Catalogue("nl").say("promise"))).toBe(parts(promised ?? ""));
});
