/** What who runs a board does with it as a whole: the timer, columns, votes, the lock. */
import type { Outcome } from "../../sync";
import { t } from "../text/language.svelte";
import type { Column } from "./card";
import type { LiveBoard } from "./live.svelte";
import { MINUTE_MS } from "./phases";
import { before } from "./places";
import { refuse, tell } from "./told";

export class Running {
  constructor(readonly live: LiveBoard) {}

  // ---- the timer and the lock

  start(minutes: number): void {
    tell(this.live.act({ t: "board.start", ms: minutes * MINUTE_MS }), t("board-timer-started", { minutes }));
  }

  /** One more minute, from the end of the timer or from now if that has passed. */
  extend(): void {
    tell(this.live.act({ t: "board.extend", ms: MINUTE_MS }), t("board-timer-extended"));
  }

  stop(): void {
    const was = this.live.clock;
    const again = () => this.live.act({ t: "board.start", ms: Math.max(1, (was?.until ?? 0) - Date.now()) });
    tell(this.live.act({ t: "board.stop" }), t("board-timer-stopped"), was && was.until > Date.now() ? again : undefined);
  }

  lock(on: boolean): void {
    const turn = (to: boolean) => this.live.act({ t: to ? "room.lock" : "room.unlock" });
    tell(turn(on), t(on ? "board-lock-done" : "board-unlock-done"), () => turn(!on));
  }

  /** Whoever was muted by way of a note may take part again. */
  unmute(note: string): void {
    const turn = (on: boolean) => this.live.act({ t: "board.mute", note, on });
    tell(turn(false), t("board-unmuted"), this.live.card(note) && (() => turn(true)));
  }

  // ---- columns

  /** Answers what came of it, so that a form can keep what was typed. */
  async add(title: string, hint: string): Promise<boolean> {
    return this.#tellDone(await this.live.act({ t: "board.add_column", title, hint }), t("board-column-added", { title }));
  }

  async name(column: Column, rev: number, title: string, hint: string): Promise<boolean> {
    const outcome = await this.live.act({ t: "board.name_column", column: column.id, rev, title, hint });
    if (!outcome.done && outcome.reason === "stale") refuse(outcome, t("board-column-stale", { title: `${outcome.facts["text"] ?? ""}` }));
    return outcome.done || (outcome.reason !== "stale" && this.#tellDone(outcome, ""));
  }

  /** One place further on (1) or back (-1). */
  move(column: Column, steps: 1 | -1): void {
    const columns = this.live.columns;
    const at = columns.findIndex(({ id }) => id === column.id);
    const other = columns[at + steps];
    if (!other) return;
    const was = before(columns, column.id);
    const after = steps === 1 ? other.id : before(columns, other.id);
    const to = (place: string | null) => this.live.act({ t: "board.move_column", column: column.id, after: place });
    tell(to(after), t("board-column-moved", { title: column.title, place: at + steps + 1, count: columns.length }), () => to(was));
  }

  remove(column: Column): void {
    const was = before(this.live.columns, column.id);
    const again = async () => {
      const { id, outcome } = this.live.give({ t: "board.add_column", title: column.title, hint: column.hint });
      const added = await outcome;
      return added.done ? this.live.act({ t: "board.move_column", column: id, after: was }) : added;
    };
    const occupied = ({ reason }: { reason: string }) => (reason === "occupied" ? t("board-column-occupied") : "");
    tell(this.live.act({ t: "board.remove_column", column: column.id }), t("board-column-removed", { title: column.title }), again, occupied);
  }

  // ---- votes

  async votes(budget: number, most: number): Promise<boolean> {
    const outcome = await this.live.act({ t: "board.set", budget, most });
    if (!outcome.done && outcome.reason === "invalid") refuse(outcome, t("board-votes-only-more"));
    else return this.#tellDone(outcome, t("board-votes-set"));
    return false;
  }

  #tellDone(outcome: Outcome, said: string): boolean {
    if (!outcome.done) refuse(outcome);
    else if (said) tell(Promise.resolve(outcome), said);
    return outcome.done;
  }
}
