import { describe, expect, test } from "vitest";
import { Drawer } from "./drawer";
import type { Kept } from "./outbox";
import { MemoryStorage } from "./testing/world";

const kept = (id: string, at = 0): Kept => ({ id, cmd: { t: "chat.post", text: id }, at, seq: 3, mark: "m" });

describe("the drawer", () => {
  test("keeps commands per room and person, in order, until they are forgotten", () => {
    const storage = new MemoryStorage();
    const drawer = new Drawer(storage);
    for (const id of ["1", "2", "3"]) drawer.keep("r", "noor", kept(id));
    drawer.keep("r", "bo", kept("4"));
    drawer.keep("s", "noor", kept("5"));
    drawer.forget("r", "noor", ["2"]);
    const again = new Drawer(storage);
    expect(again.kept("r", "noor")).toEqual([kept("1"), kept("3")]);
    expect(again.kept("r", "bo").map(({ id }) => id)).toEqual(["4"]);
    expect(again.kept("s", "noor").map(({ id }) => id)).toEqual(["5"]);
  });

  test("leaves nothing behind", () => {
    const storage = new MemoryStorage();
    const drawer = new Drawer(storage);
    drawer.keep("r", "noor", kept("1"));
    expect(storage.entries.size).toBe(1);
    drawer.forget("r", "noor", ["1"]);
    expect(storage.entries.size).toBe(0);
  });

  test("two tabs share one entry and don't overwrite each other", () => {
    const storage = new MemoryStorage();
    const [one, two] = [new Drawer(storage), new Drawer(storage)];
    one.keep("r", "noor", kept("1"));
    two.keep("r", "noor", kept("2"));
    one.forget("r", "noor", ["1"]);
    expect(two.kept("r", "noor").map(({ id }) => id)).toEqual(["2"]);
  });

  test("what somebody left for a week goes when there is something new to keep", () => {
    const week = 7 * 24 * 3_600_000;
    const drawer = new Drawer(new MemoryStorage());
    drawer.keep("r", "noor", kept("1", 0));
    drawer.keep("r", "bo", kept("2", week - 1));
    expect(drawer.kept("r", "noor").length).toBe(1);
    drawer.keep("r", "bo", kept("3", week));
    expect(drawer.kept("r", "noor").length).toBe(0);
  });

  test("an entry that isn't ours, or half of it, is passed over", () => {
    const storage = new MemoryStorage();
    for (const text of ["", "{", "[]", "7", '{"noor":5}', '{"noor":[null,{"id":1},{"id":"1"}]}']) {
      storage.setItem("kring.outbox.r", text);
      expect(new Drawer(storage).kept("r", "noor")).toEqual([]);
    }
  });

  test("a storage that is absent, full or forbidden is no error", () => {
    const forbidden = {
      getItem: (): string => {
        throw new Error("forbidden");
      },
      setItem: (): void => {
        throw new Error("full");
      },
      removeItem: (): void => {
        throw new Error("forbidden");
      },
    };
    for (const drawer of [new Drawer(null), new Drawer(forbidden)]) {
      drawer.keep("r", "noor", kept("1"));
      drawer.forget("r", "noor", ["1"]);
      expect(drawer.kept("r", "noor")).toEqual([]);
    }
  });
});
