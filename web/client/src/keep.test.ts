import { describe, expect, test } from "vitest";
import { keepIn } from "./keep";

class Shelf implements Storage {
  readonly #items = new Map<string, string>();
  [name: string]: unknown;
  get length(): number {
    return this.#items.size;
  }
  clear(): void {
    this.#items.clear();
  }
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
}

class Locked extends Shelf {
  override getItem(): string | null {
    throw new DOMException("refused", "SecurityError");
  }
  override setItem(): void {
    throw new DOMException("full", "QuotaExceededError");
  }
}

describe("what this browser remembers", () => {
  test("survives the page where there is storage", () => {
    const shelf = new Shelf();
    keepIn(shelf).set("a", "1");
    expect(keepIn(shelf).get("a")).toBe("1");
  });

  test.each([null, new Locked()])("lasts as long as the page where storage is refused", (storage) => {
    const keep = keepIn(storage);
    keep.set("a", "1");
    expect(keep.get("a")).toBe("1");
    keep.remove("a");
    expect(keep.get("a")).toBeNull();
    expect(keepIn(storage).get("a")).toBeNull();
  });

  test("forgets by prefix, and only that", () => {
    const shelf = new Shelf();
    const keep = keepIn(shelf);
    for (const key of ["draft.1", "draft.2", "theme"]) keep.set(key, "x");
    keepIn(shelf).forget("draft.");
    expect([shelf.getItem("draft.1"), shelf.getItem("draft.2"), shelf.getItem("theme")]).toEqual([null, null, "x"]);
  });
});
