import { expect, test } from "vitest";
import { below, path, socketUrl } from "./path";

test("at the root, addresses are as they are", () => {
  expect(path("/c")).toBe("/c");
  expect(path("")).toBe("/");
  expect(below("/s/abc")).toBe("/s/abc");
  expect(below("/")).toBe("/");
  expect(socketUrl({ protocol: "https:", host: "example.org" })).toBe("wss://example.org/ws");
});

test("below a base path, every address begins with it", () => {
  expect(path("/c?x=1#y", "/groups/kring")).toBe("/groups/kring/c?x=1#y");
  expect(path("/", "/kring")).toBe("/kring/");
  expect(below("/kring/s/abc", "/kring")).toBe("/s/abc");
  expect(below("/kring/", "/kring")).toBe("/");
  expect(below("/kring", "/kring")).toBe("/");
  expect(below("/kringen", "/kring")).toBe("/kringen");
});
