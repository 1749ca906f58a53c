/** Writing an item: what it says so far, kept in this browser at every letter, and saved on top of the version it began with. */
import { untrack } from "svelte";
import type { Refusal } from "../api";
import { type Item, library, type Status, type Wish } from "./api";
import { forgetFound } from "./looking.svelte";
import { EMPTY, keepWriting, keptWriting, sameWish, wishOf } from "./wish";

export class Writing {
  wish = $state<Wish>() as Wish;
  /** The version this is saved on top of. */
  version = $state(0);
  /** What the library has. */
  stored = $state.raw<Wish>() as Wish;
  /** Somebody saved meanwhile: how it stands now. */
  theirs = $state.raw<Item | null>(null);
  saving = $state(false);
  trouble = $state.raw<Refusal | null>(null);
  /** What is here was begun at an earlier time. */
  begun = $state(false);

  /** `item` null: a new one. */
  constructor(readonly item: Item | null) {
    this.stored = item ? wishOf(item) : EMPTY;
    const kept = keptWriting(item?.id ?? null);
    this.begun = kept !== null && !sameWish(kept.wish, this.stored);
    this.wish = kept && this.begun ? kept.wish : wishOf(this.stored);
    this.version = kept && this.begun ? kept.version : (item?.version ?? 0);
  }

  get changed(): boolean {
    return !sameWish(this.wish, this.stored);
  }

  /** As `wish` is now; called at every change. */
  keep(): void {
    const writing = { version: this.version, wish: $state.snapshot(this.wish) as Wish }; // all of it, so that any change is one
    untrack(() => keepWriting(this.item?.id ?? null, this.changed ? writing : null));
  }

  /** The id of the item once it is saved; null: it isn't, see `theirs` and `trouble`. */
  async save(status: Status): Promise<string | null> {
    if (this.saving) return null;
    [this.saving, this.trouble] = [true, null];
    const wish = { ...wishOf($state.snapshot(this.wish) as Wish), status };
    try {
      return this.item ? await this.#change(this.item.id, wish) : await this.#create(wish);
    } finally {
      this.saving = false;
    }
  }

  /** My words go on top of theirs, which stay a version of their own. */
  onTop(): void {
    if (!this.theirs) return;
    this.version = this.theirs.version;
    this.stored = wishOf(this.theirs);
    this.theirs = null;
    this.keep();
  }

  /** As the library has it. */
  startAgain(): void {
    this.wish = wishOf(this.stored);
    this.version = this.item?.version ?? 0;
    this.begun = false;
    this.keep();
  }

  async #create(wish: Wish): Promise<string | null> {
    const answer = await library.create(wish);
    if (answer.ok) return this.#done(answer.value.id);
    this.trouble = answer;
    return null;
  }

  async #change(id: string, wish: Wish): Promise<string | null> {
    const answer = await library.save(id, this.version, wish);
    if (answer.ok) return this.#done(id);
    if (answer.reason !== "stale") this.trouble = answer;
    else {
      const now = await library.read(id);
      if (now.ok) this.theirs = now.value;
      else this.trouble = now;
    }
    return null;
  }

  #done(id: string): string {
    keepWriting(this.item?.id ?? null, null);
    forgetFound();
    return id;
  }
}
