import { describe, expect, test } from "vitest";
import { actionsFor } from "./actions";
import { withLinks } from "./links";
import { characters, excerpt, foreseen, messageOf } from "./message";
import { reactors } from "./names";
import { message } from "./testing";

describe("a record", () => {
  test("becomes a message with what the wire leaves out", () => {
    const made = messageOf("m", { t: "chat.message", n: 1, at: 5, by: "a", name: "Anna", text: "hi" });
    expect(made).toEqual(message(1, { id: "m", at: 5 }));
  });
  test("of another type is none", () => {
    expect(messageOf("room", { t: "room", state: "open" })).toBeUndefined();
    expect(messageOf("x", undefined)).toBeUndefined();
  });
});

describe("own acts that are not done yet", () => {
  const before = message(1, { reactions: { thanks: ["b"] } });

  test("show at once, in the order they were made", () => {
    const after = foreseen(
      before,
      [
        { t: "chat.edit", message: "m1", text: "one" },
        { t: "chat.edit", message: "m1", text: "two" },
        { t: "chat.react", message: "m1", reaction: "thanks", on: true },
        { t: "chat.pin", message: "m1", on: true },
      ],
      "me",
    );
    expect(after).toMatchObject({ text: "two", reactions: { thanks: ["b", "me"] }, pinned: true });
    expect(before.reactions).toEqual({ thanks: ["b"] });
  });
  test("state a wish: twice is once, and off is off", () => {
    const on = { t: "chat.react", message: "m1", reaction: "helps", on: true } as const;
    expect(foreseen(before, [on, on], "me")?.reactions.helps).toEqual(["me"]);
    expect(foreseen(before, [on, { ...on, on: false }], "me")?.reactions).toEqual({ thanks: ["b"] });
  });
  test("take a message away, or its words", () => {
    expect(foreseen(before, [{ t: "chat.delete", message: "m1" }], "me")).toBeUndefined();
    expect(foreseen(before, [{ t: "chat.remove", message: "m1" }], "me")).toMatchObject({ removed: true, text: "", reactions: {} });
  });
});

test("characters are code points, as the server counts", () => {
  expect(characters("é👍🏽")).toBe(3);
});

test("an excerpt is one line, and never half a character", () => {
  expect(excerpt("a\n\n b")).toBe("a b");
  expect(excerpt("👍".repeat(200), 10)).toBe(`${"👍".repeat(9)}…`);
});

describe("links", () => {
  test.each([
    ["see https://a.nl/x.", ["https://a.nl/x"]],
    ["(https://a.nl/x)", ["https://a.nl/x"]],
    ["https://a.nl/x_(y)!", ["https://a.nl/x_(y)"]],
    ["two: http://a.nl, https://b.nl?q=1", ["http://a.nl", "https://b.nl?q=1"]],
    ["javascript:alert(1) data:text/html,x http:// mailto:a@b.nl", []],
  ])("%s", (text, links) => {
    const parts = withLinks(text);
    expect(parts.filter((part) => part.href).map((part) => part.href)).toEqual(links);
    expect(parts.map((part) => part.text).join("")).toBe(text);
  });
});

describe("what one may do", () => {
  const guest = (tag: string) => ["chat.post", "chat.edit", "chat.delete", "chat.react"].includes(tag);
  const staff = (tag: string) => guest(tag) || ["chat.pin", "chat.save", "chat.remove"].includes(tag);
  const names = (...of: Parameters<typeof actionsFor>) => actionsFor(...of).map((action) => action.name);

  test("depends on whose it is and on the rights the room gives", () => {
    expect(names(message(1), true, guest)).toEqual(["reply", "edit", "delete"]);
    expect(names(message(1), false, guest)).toEqual(["reply"]);
    expect(names(message(1), false, staff)).toEqual(["reply", "pin", "save", "remove"]);
    expect(names(message(1, { pinned: true, saved: true }), true, staff)).toEqual(["reply", "edit", "unpin", "unsave", "delete"]);
    expect(names(message(1), true, () => false)).toEqual([]);
    expect(names(message(1, { removed: true }), false, staff)).toEqual([]);
  });
});

test("who reacted: you apart, names we know, the others counted", () => {
  const known = new Map([
    ["a", "Anna"],
    ["b", "Bert"],
  ]);
  expect(reactors(["a", "me", "x", "b"], ["me"], (actor) => known.get(actor))).toEqual({ names: ["Anna", "Bert"], you: true, others: 1 });
});
