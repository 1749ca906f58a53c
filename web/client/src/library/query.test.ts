import { expect, test } from "vitest";
import { addressOf, ANYTHING, narrowing, paramsOf, placeOf, queryOf, toggled } from "./query";

const WHOLE = "?q=late+data&type=answer&type=practice&status=published&tag=huid+en+druk&session=S1&from=2026-01-02&to=2026-03-04";

test("what the address asks is what is looked for, and the other way round", () => {
  const query = queryOf(WHOLE);
  expect(query).toEqual({ q: "late data", type: ["answer", "practice"], status: ["published"], tag: ["huid en druk"], session: ["S1"], from: "2026-01-02", to: "2026-03-04" });
  expect(addressOf(query)).toBe(`/l${WHOLE}`);
  expect(addressOf(ANYTHING)).toBe("/l");
  expect(queryOf("")).toEqual(ANYTHING);
});

test("what makes no sense is left out", () => {
  expect(queryOf("?from=yesterday&to=2026-1-1&type=&type=answer&type=answer&lang=qps")).toEqual({ ...ANYTHING, type: ["answer"] });
});

test("spaces around the words make no other query", () => {
  expect(`${paramsOf({ ...ANYTHING, q: "  late " })}`).toBe("q=late");
});

test("choosing again is not choosing", () => {
  const once = toggled(ANYTHING, "tag", "huid");
  expect(once.tag).toEqual(["huid"]);
  expect(toggled(once, "tag", "druk").tag).toEqual(["huid", "druk"]);
  expect(toggled(once, "tag", "huid")).toEqual(ANYTHING);
  expect(narrowing(toggled({ ...once, from: "2026-01-01" }, "type", "idea"))).toBe(3);
});

test("a hit leads to its place", () => {
  const session = { id: "S", title: "Evening" };
  expect(placeOf({ where: "item", id: "I", room: null, session })).toBe("/l/I");
  expect(placeOf({ where: "qna", id: "R~1", room: "Q", session })).toBe("/s/S#R~1");
  expect(placeOf({ where: "chat", id: "R", room: "C", session })).toBe("/s/S#R");
  expect(placeOf({ where: "board", id: "R", room: "B", session })).toBe("/s/S/board/B#R");
  expect(placeOf({ where: "chat", id: "R", room: "C", session: null })).toBe("/c#R");
});
