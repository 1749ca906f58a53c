import { expect, test } from "vitest";
import { Later } from "./later.svelte";

test("a page is loaded once, whoever asks for it", async () => {
  let loaded = 0;
  const later = new Later(() => Promise.resolve({ default: `page ${(loaded += 1)}` }));
  expect(later.page).toBeNull();
  await Promise.all([later.ask(), later.ask()]);
  await later.ask();
  expect([later.page, loaded, later.failed]).toEqual(["page 1", 1, false]);
});

test("what could not be loaded is asked for again", async () => {
  let reachable = false;
  const later = new Later(() => (reachable ? Promise.resolve({ default: "page" }) : Promise.reject(new Error("offline"))));
  await later.ask();
  expect([later.page, later.failed]).toEqual([null, true]);
  reachable = true;
  await later.ask();
  expect([later.page, later.failed]).toEqual(["page", false]);
});
