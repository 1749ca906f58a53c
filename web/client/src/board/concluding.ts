/** Actions and decisions: written, bettered and dropped, each with a way back. */
import { excerpt } from "../chat/message";
import { t } from "../text/language.svelte";
import type { Result } from "./card";
import type { LiveBoard } from "./live.svelte";
import { refuse, tell } from "./told";

/** What was typed. `owner`, `due`: of an action; a day as 2026-11-30, or "". */
export interface Wording {
  readonly text: string;
  readonly owner: string;
  readonly due: string;
}

/** Somebody else's words came first. */
export interface Theirs {
  readonly text: string;
  readonly rev: number;
}

export class Concluding {
  constructor(readonly live: LiveBoard) {}

  /** Answers whether it was done, so that a form can keep what was typed. */
  async add(sort: Result["sort"], wording: Wording, about: string | null): Promise<boolean> {
    const { id: result, outcome } = this.#give(sort, wording, about);
    const came = await outcome;
    if (came.done) tell(outcome, t(`board-${sort}-added`), () => this.live.act({ t: "board.drop", result, rev: 0 }));
    else refuse(came);
    return came.done;
  }

  /** Done, refused, or what somebody else made of it meanwhile. */
  async revise(result: Result, rev: number, { text, owner, due }: Wording): Promise<boolean | Theirs> {
    const outcome = await this.live.act({ t: "board.revise", result: result.id, rev, text, ...(result.sort === "action" && { owner, due }) });
    if (outcome.done) {
      const back = { text: result.text, ...(result.sort === "action" && { owner: result.owner, due: result.due }) };
      tell(Promise.resolve(outcome), t("board-result-revised"), () => this.live.act({ t: "board.revise", result: result.id, rev: rev + 1, ...back }));
      return true;
    }
    const { facts, reason } = outcome;
    if (reason === "stale" && typeof facts["rev"] === "number" && typeof facts["text"] === "string") return { rev: facts["rev"], text: facts["text"] };
    refuse(outcome, reason === "not_found" ? t("board-result-gone") : "");
    return false;
  }

  drop(result: Result): void {
    const given = this.live.act({ t: "board.drop", result: result.id, rev: result.rev });
    const about = result.about !== null && this.live.card(result.about) ? result.about : null;
    const stale = ({ reason }: { reason: string }) => (reason === "stale" ? t("board-result-changed") : "");
    tell(given, t("board-result-dropped", { text: excerpt(result.text, 40) }), () => this.#give(result.sort, result, about).outcome, stale);
  }

  #give(sort: Result["sort"], { text, owner, due }: Wording, about: string | null): ReturnType<LiveBoard["give"]> {
    return this.live.give(sort === "action" ? { t: "board.plan", text, owner, due, about } : { t: "board.decide", text, about });
  }
}
