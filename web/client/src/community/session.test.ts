import { expect, test } from "vitest";
import type { SessionInList, SessionState } from "../api";
import { listed } from "./session";

const of = (id: string, state: SessionState): SessionInList => ({ id, title: id, level: "named", state, code: null });

test("what is on comes first, open before locked before closing; each once", () => {
  const all = [of("a", "closed"), of("b", "closing"), of("c", "planned"), of("d", "locked"), of("e", "open"), of("f", "open")];
  const { on, planned, over } = listed(all);
  expect(on.map(({ id }) => id)).toEqual(["e", "f", "d", "b"]);
  expect(planned.map(({ id }) => id)).toEqual(["c"]);
  expect(over.map(({ id }) => id)).toEqual(["a"]);
});

test("nothing is nothing", () => expect(listed([])).toEqual({ on: [], planned: [], over: [] }));
