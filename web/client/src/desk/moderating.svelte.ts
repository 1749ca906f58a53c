/** What a moderator does at the desk: every act at once, with a way back for a while, and what to say when it was refused. */
import { SvelteSet } from "svelte/reactivity";
import type { Outcome } from "../../sync";
import { announce } from "../kit/announcer.svelte";
import { settle, show, toast } from "../kit/toasts.svelte";
import type { LiveQna } from "../qna/live.svelte";
import type { Question } from "../qna/question";
import { t } from "../text/language.svelte";
import { type OnQuestion, questionIn, raises, type Wish, withRev } from "./acts";
import { type Before, undoing } from "./undo";

const UNDO_MS = 10_000;

/** A question as the moderator saw it when they decided, with the `rev` that goes with that (C4). */
export interface Seen {
  readonly question: Question;
  readonly rev: number;
}

/** Somebody else was first. `said`: what would have been told. */
export interface Stale {
  readonly wish: OnQuestion;
  readonly said: string;
  readonly saw: Question;
  readonly now: Question;
}

interface Given {
  readonly wish: Wish;
  readonly before: Before;
  readonly rev: number;
  readonly outcome: Promise<Outcome>;
}

type Refused = Extract<Outcome, { done: false }>;

export class Moderating {
  /** What somebody else changed first, to be decided about. */
  stale = $state.raw<Stale | null>(null);
  /** Taken away here, and for good when the time to undo it is over. */
  readonly leaving = new SvelteSet<string>();
  /** Called when something was undone: the question that was put back, if it was about one. */
  onback: (id: string | null) => void = () => {};

  constructor(readonly live: LiveQna) {}

  /** The question as it stands on the page now. */
  see(id: string): Seen | undefined {
    const question = this.live.questions.get(id);
    return question && { question, rev: this.#revNow(id) };
  }

  /** Gives the wishes, in order, and says so; they can be undone together. `seen`: what was decided about, where that took a while. */
  give(wishes: readonly Wish[], said: string, seen?: Seen): void {
    const given = wishes.map((wish) => this.#give(wish, seen));
    const undo = { label: t("undo"), ms: UNDO_MS, act: () => void this.#takeBack(given), expired: () => {} };
    show({ text: said, undo });
    void this.#follow(given, said, undo);
  }

  /** Takes a question away when the time to undo it is over, or the page goes. */
  remove(seen: Seen, said: string): void {
    const { id } = seen.question;
    const gone = async () => {
      const given = this.#give({ t: "qna.remove", question: id }, seen);
      await this.#follow([given], said);
      this.leaving.delete(id);
    };
    const back = () => {
      this.leaving.delete(id);
      this.onback(id);
    };
    show({ text: said, undo: { label: t("undo"), ms: UNDO_MS, act: back, expired: () => void gone() } });
    this.leaving.add(id);
  }

  /** What was refused as stale, once more, knowing how it stands now. */
  anyway({ wish, said, now }: Stale): void {
    this.stale = null;
    this.give([wish], said, { question: now, rev: now.rev });
  }

  #give(wish: Wish, seen?: Seen): Given {
    const id = questionIn(wish);
    const known = seen && seen.question.id === id ? seen : id === null ? undefined : this.see(id);
    const before: Before = { ...(known && { question: known.question }), desk: this.live.desk };
    const rev = known?.rev ?? 0;
    return { wish, before, rev, outcome: this.live.act(withRev(wish, rev)) };
  }

  /** Own acts that are under way count: they come first. */
  #revNow(id: string): number {
    const raising = this.live.pending.filter(({ cmd }) => raises(cmd.t) && "question" in cmd && cmd.question === id);
    return (this.live.stored(id)?.rev ?? 0) + raising.length;
  }

  /** Tells when one of them is refused; those after it were built on it. */
  async #follow(given: readonly Given[], said: string, offered?: unknown): Promise<void> {
    for (const each of given) {
      const outcome = await each.outcome;
      if (outcome.done) continue;
      if (offered && toast()?.undo === offered) settle();
      return this.#refused(each, outcome, said);
    }
  }

  #refused({ wish, before }: Given, outcome: Refused, said: string): void {
    if (outcome.reason === "left" || outcome.reason === "someone_else") return;
    const id = questionIn(wish);
    const now = id === null ? undefined : this.live.stored(id);
    const order = before.question?.order ?? 0;
    if (outcome.reason === "occupied") return show({ text: t("desk-occupied") });
    if (id !== null && !now) return show({ text: t("desk-gone", { order }) });
    if (outcome.reason === "stale" && now && before.question && wish.t !== "qna.next" && wish.t !== "qna.set") {
      this.stale = { wish, said, saw: before.question, now };
    } else if (outcome.reason === "status" && now) show({ text: t("desk-status", { order, status: t(`status-${now.status}`) }) });
    else show({ text: outcome.text || t("refused-somehow") });
  }

  /** Undoes them, last first; stops where somebody else has come between. */
  async #takeBack(given: readonly Given[]): Promise<void> {
    for (const { wish, before, rev, outcome } of given.toReversed()) {
      const came = await outcome;
      if (!came.done) continue;
      const order = before.question?.order ?? 0;
      if (!this.#stillSo(wish, rev)) return show({ text: t("desk-undo-late", { order }) });
      const back = undoing(wish, before).filter((step) => this.#mayStill(step, wish)).map((step) => this.#give(step));
      for (const step of back) {
        const came = await step.outcome;
        if (!came.done) return show({ text: t(came.reason === "occupied" ? "desk-undo-occupied" : "desk-undo-late", { order }) });
      }
    }
    announce(t("desk-undone"));
    this.onback(given.map(({ wish }) => questionIn(wish)).find((id) => id !== null) ?? null);
  }

  /** Nobody else has changed since what this act changed. */
  #stillSo(wish: Wish, rev: number): boolean {
    const { desk } = this.live;
    if (wish.t === "qna.next") return desk.next === wish.question;
    if (wish.t === "qna.set") return true;
    const now = this.live.stored(wish.question);
    if (!now) return false;
    return wish.t === "qna.mute" ? now.muted === wish.on : now.rev === rev + 1;
  }

  /** What came into Next meanwhile stays there. */
  #mayStill(step: Wish, wish: Wish): boolean {
    return step.t !== "qna.next" || wish.t === "qna.next" || this.live.desk.next === null;
  }
}
