import { expect, test } from "vitest";
import type { Member } from "./api";
import { found } from "./find";

const member = (name: string, about = ""): Member => ({ id: name, name, role: "member", since: "2026-11", about, you: false });
const ALL = [member("Zoë de Bruin", "wondzorg"), member("Ineke Vos", "Roosters, nachtdienst"), member("Тарас")];
const names = (typed: string) => found(ALL, typed).map(({ name }) => name);

test("by a part of the name, whatever its capitals and accents", () => {
  expect(names("zoe")).toEqual(["Zoë de Bruin"]);
  expect(names("VOS")).toEqual(["Ineke Vos"]);
  expect(names("та")).toEqual(["Тарас"]);
});

test("by what they may be asked about, and by both", () => {
  expect(names("rooster")).toEqual(["Ineke Vos"]);
  expect(names("ineke nacht")).toEqual(["Ineke Vos"]);
  expect(names("zoe nacht")).toEqual([]);
});

test("nothing typed is everybody", () => {
  expect(names("  ")).toHaveLength(3);
});
