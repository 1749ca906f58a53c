import { expect, test } from "vitest";
import { routeOf } from "./routes";

test.each([
  ["/", { name: "enter" }],
  ["/c", { name: "community" }],
  ["/in", { name: "sign-in" }],
  ["/j/wnd-4k7", { name: "code", code: "WND4K7" }],
  ["/j/WND%204K7", { name: "code", code: "WND4K7" }],
  ["/j/%", { name: "code", code: "" }],
  ["/s/abc", { name: "session", session: "abc" }],
  ["/s/abc/desk", { name: "desk", session: "abc" }],
  ["/s/abc/board/def", { name: "board", session: "abc", board: "def" }],
  ["/s/abc/board", { name: "unknown" }],
  ["/s/abc/desk/def", { name: "unknown" }],
  ["/present/abc", { name: "present", session: "abc" }],
  ["/s", { name: "unknown" }],
  ["/s/abc/else", { name: "unknown" }],
  ["/present", { name: "unknown" }],
  ["/j", { name: "unknown" }],
  ["/c/x", { name: "unknown" }],
  ["/j/a/b", { name: "unknown" }],
])("%s", (pathname, route) => expect(routeOf(pathname)).toEqual(route));
