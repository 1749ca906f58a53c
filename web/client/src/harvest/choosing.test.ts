import { afterEach, expect, test, vi } from "vitest";
import type { Line, Outcome, Wish } from "./api";
import { Choosing } from "./choosing.svelte";

const LINE: Line = {
  ...{ id: "a", room: "r", kind: "qna", record: "q", about: "answered", at: 0, text: "Waarom?", name: "", votes: 0, heading: "", answer: "Daarom." },
  ...{ part_of: null, owner: "", due: "", choice: "open", item: null, status: "draft", draft: { title: "Waarom?", summary: "", body: "Daarom.", type: "answer", tags: [] } },
};
const OUTCOME: Outcome = { session: { id: "s", title: "Avond", purpose: "", closed_on: "2026-11-23" }, attendance: 2, names: [], may_harvest: true, lines: [LINE] };

afterEach(() => vi.unstubAllGlobals());

/** A server that answers when it is told to. */
function server(): { asked: Wish[]; answer: () => Promise<void> } {
  const waiting: (() => void)[] = [];
  const asked: Wish[] = [];
  vi.stubGlobal("fetch", (_: string, { body }: { body: string }) => {
    const wish = JSON.parse(body) as Wish;
    asked.push(wish);
    return new Promise((resolve) => waiting.push(() => resolve(new Response(JSON.stringify({ ...LINE, choice: wish.choice })))));
  });
  const answer = async () => {
    waiting.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { asked, answer };
}

test("what is chosen while an earlier choice is on its way counts, and comes after it", async () => {
  const { asked, answer } = server();
  const choosing = new Choosing(OUTCOME);
  const kept = choosing.keep(LINE, LINE.draft!, false);
  const dropped = choosing.drop(LINE);
  const shown = () => choosing.groups.flatMap(({ rows }) => rows).map(({ line }) => line.choice);
  await Promise.resolve();
  expect([asked.map(({ choice }) => choice), shown()]).toEqual([["kept"], ["dropped"]]);
  await answer();
  expect([asked.map(({ choice }) => choice), shown()]).toEqual([["kept", "dropped"], ["dropped"]]);
  await answer();
  await Promise.all([kept, dropped]);
  expect([choosing.lines[0]?.choice, choosing.unsaved.size]).toEqual(["dropped", 0]);
});
