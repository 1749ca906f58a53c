import { expect, test } from "vitest";
import { keepIn } from "../keep";
import { grouped, impossible, normalCode, spelled } from "./code";
import { forgetCode, recentCodes, remember } from "./recent";

test("a code is what was meant, however it was typed", () => {
  for (const typed of ["wnd4k7", "WND 4K7", " wnd-4k7 ", "W N D 4 K 7", "wnd4k7 trailing"]) expect(normalCode(typed)).toBe("WND4K7");
});

test("a code is shown in threes and spelled one by one", () => {
  expect(grouped("WND4K7")).toBe("WND 4K7");
  expect(grouped("WND")).toBe("WND");
  expect(spelled("WND4")).toBe("W N D 4");
});

test("characters no code has are named once", () => {
  expect(impossible("WN0OL0")).toEqual(["0", "O", "L"]);
  expect(impossible("WND4K7")).toEqual([]);
});

test("the last five codes are remembered, each once, newest first", () => {
  const keep = keepIn(null);
  for (const code of ["A", "B", "C", "A", "D", "E", "F"]) remember({ code, community: `of ${code}` }, keep);
  expect(recentCodes(keep).map(({ code }) => code)).toEqual(["F", "E", "D", "A", "C"]);
  forgetCode("D", keep);
  expect(recentCodes(keep).map(({ code }) => code)).toEqual(["F", "E", "A", "C"]);
});

test("a spoilt list of codes is no list", () => {
  const keep = keepIn(null);
  for (const spoilt of ["{", '"x"', '[{"code":1}]']) {
    keep.set("kring.codes", spoilt);
    expect(recentCodes(keep)).toEqual([]);
  }
});
