/** Choosing what the library keeps: each choice is saved at once, shows at once, and can be undone. */
import { SvelteMap } from "svelte/reactivity";
import { announce } from "../kit/announcer.svelte";
import { show } from "../kit/toasts.svelte";
import { t } from "../text/language.svelte";
import { type Draft, harvest, type Line, type Outcome, type Wish } from "./api";
import { groupsOf, tallyOf, wishOf } from "./lines";
import { keepWishes, keptWishes } from "./wishes";

const UNDO_MS = 10_000;

/** A choice that the server doesn't have yet. `why`: it didn't go through; it can be tried again. */
export interface Unsaved {
  readonly wish: Wish;
  readonly why: string | null;
}

export class Choosing {
  readonly outcome: Outcome;
  lines = $state.raw<readonly Line[]>([]);
  readonly unsaved = new SvelteMap<string, Unsaved>();
  /** What the server said no to, until something else is chosen. */
  readonly refused = new SvelteMap<string, string>();

  /** line → what is done about it, to its end. */
  readonly #turns = new Map<string, Promise<unknown>>();

  readonly groups = $derived(groupsOf(this.lines.map((line) => this.#asWished(line))));
  readonly tally = $derived(tallyOf(this.groups.flatMap(({ rows }) => rows)));

  constructor(outcome: Outcome) {
    this.outcome = outcome;
    this.lines = outcome.lines;
    const known = new Set(outcome.lines.map(({ id }) => id));
    for (const [id, wish] of keptWishes(outcome.session.id)) if (outcome.may_harvest && known.has(id)) this.unsaved.set(id, { wish, why: t("unreachable") });
  }

  keep(line: Line, draft: Draft, publish: boolean): Promise<void> {
    return this.#all([[line, { choice: "kept", draft, publish }]], t(publish ? "harvest-published-one" : "harvest-kept-one", { title: draft.title }));
  }

  drop(line: Line): Promise<void> {
    return this.#all([[line, { choice: "dropped" }]], t("harvest-dropped-one"));
  }

  leave(line: Line): Promise<void> {
    return this.#all([[line, { choice: "open" }]], t("harvest-left-one"));
  }

  /** Each as it stands, as a draft. */
  keepAll(lines: readonly Line[]): Promise<void> {
    const wishes = lines.filter((line) => line.choice === "open" && !this.#isSaving(line)).flatMap((line) => (line.draft ? [[line, { choice: "kept", draft: line.draft, publish: false }] as const] : []));
    return this.#all(wishes, t("harvest-kept-many", { count: wishes.length }));
  }

  publishAll(): Promise<void> {
    const drafts = this.lines.filter((line) => line.choice === "kept" && line.status === "draft" && !this.#isSaving(line));
    const wishes = drafts.flatMap((line) => (line.draft ? [[line, { choice: "kept", draft: line.draft, publish: true }] as const] : []));
    return this.#all(wishes, t("harvest-published-many", { count: wishes.length }));
  }

  /** What did not go through goes again. */
  async again(): Promise<void> {
    for (const [id, { wish, why }] of this.unsaved) if (why !== null) await this.#save(id, wish);
  }

  /** Saves them one after the other; says so, with a way back for those that were saved. */
  async #all(wishes: readonly (readonly [Line, Wish])[], said: string): Promise<void> {
    for (const [{ id }, wish] of wishes) this.unsaved.set(id, { wish, why: null });
    const before: Line[] = [];
    for (const [{ id }, wish] of wishes) {
      const was = await this.#save(id, wish);
      if (was) before.push(was);
    }
    if (before.length === 0) return;
    show({ text: said, undo: { label: t("undo"), ms: UNDO_MS, act: () => void this.#back(before), expired: () => {} } });
  }

  async #back(before: readonly Line[]): Promise<void> {
    for (const line of before) await this.#save(line.id, wishOf(line));
    announce(t("harvest-undone"));
  }

  #isSaving({ id }: Line): boolean {
    return this.unsaved.get(id)?.why === null;
  }

  /** After what was chosen for the line before. Once the server has it: the line as it was; else null. */
  #save(id: string, wish: Wish): Promise<Line | null> {
    this.unsaved.set(id, { wish, why: null });
    const saving = (this.#turns.get(id) ?? Promise.resolve()).then(() => this.#send(id, wish));
    this.#turns.set(id, saving);
    return saving;
  }

  /** What the server refuses is not so; what does not reach it waits, unless something else was chosen meanwhile. */
  async #send(id: string, wish: Wish): Promise<Line | null> {
    const was = this.lines.find((line) => line.id === id) ?? null;
    this.refused.delete(id);
    const answer = await harvest.choose(this.outcome.session.id, id, wish);
    if (answer.ok) this.lines = this.lines.map((line) => (line.id === id ? answer.value : line));
    if (this.unsaved.get(id)?.wish === wish) {
      if (!answer.ok && answer.reason === "unreachable") this.unsaved.set(id, { wish, why: answer.text });
      else this.unsaved.delete(id);
      if (!answer.ok && answer.reason !== "unreachable") this.refused.set(id, answer.text);
    }
    keepWishes(this.outcome.session.id, [...this.unsaved].flatMap(([line, { wish: left, why }]) => (why === null ? [] : [[line, left] as const])));
    return answer.ok ? was : null;
  }

  #asWished(line: Line): Line {
    const wish = this.unsaved.get(line.id)?.wish;
    if (!wish) return line;
    if (wish.choice !== "kept") return { ...line, choice: wish.choice };
    return { ...line, choice: "kept", draft: wish.draft, status: wish.publish ? "published" : "draft" };
  }
}
