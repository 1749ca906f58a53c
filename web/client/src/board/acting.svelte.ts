/** What people do with cards: at once, with a way back for a while; and what to say when it was refused. */
import { SvelteSet } from "svelte/reactivity";
import type { Command } from "../../sync";
import { announce } from "../kit/announcer.svelte";
import { show } from "../kit/toasts.svelte";
import { excerpt } from "../chat/message";
import { t } from "../text/language.svelte";
import type { Card, Group, Note } from "./card";
import type { Drop } from "./drag";
import { keepDraft, keptDraft } from "./draft";
import type { LiveBoard } from "./live.svelte";
import { columnOfCard, spotOf } from "./places";
import { refuse, tell, UNDO_MS } from "./told";

/** Somebody else's words came first (decision 10): what was typed, and what stands there now. */
export interface Stale {
  readonly id: string;
  readonly what: "note" | "group";
  readonly typed: string;
  readonly theirs: string;
  readonly rev: number;
}

export class Acting {
  /** Two wordings of one note or name, to be decided about. */
  stale = $state.raw<Stale | null>(null);
  /** Taken away here, and for good when the time to undo it is over. */
  readonly leaving = new SvelteSet<string>();

  constructor(readonly live: LiveBoard) {}

  /** A note at the board's level of anonymity. */
  write(column: string, text: string): void {
    const { level } = this.live.board;
    this.live.do({ t: "board.write", column, text, ...(level !== "named" && { level }) });
  }

  /** What becomes of a note that was refused; answers the column in which its words are to be changed. */
  resolve(how: "again" | "edit" | "drop", { id }: Note): string | null {
    const found = this.live.discard(id);
    if (!found || how === "drop") return null;
    if (how === "again") {
      this.write(found.column, found.text);
      return null;
    }
    const kept = keptDraft(this.live.id, found.column);
    keepDraft(this.live.id, found.column, kept ? `${found.text}\n\n${kept}` : found.text);
    return found.column;
  }

  mute(note: Note, on: boolean): void {
    const turn = (to: boolean) => this.live.act({ t: "board.mute", note: note.id, on: to });
    tell(turn(on), t(on ? "board-muted" : "board-unmuted"), () => turn(!on));
  }

  move(card: Card, within: string, after: string | null): void {
    const was = spotOf(this.live.columns, card);
    const given = this.live.act({ t: "board.move", card: card.id, within, after });
    const moved = this.live.card(card.id);
    const column = moved && columnOfCard(this.live.columns, moved);
    const said = was.within === within ? t("board-moved") : t("board-moved-to", { column: column?.title ?? "" });
    tell(given, said, () => this.live.act({ t: "board.move", card: card.id, ...was }));
  }

  group(note: Note, other: Card): void {
    const was = spotOf(this.live.columns, note);
    const fresh = other.kind === "note" && this.live.columns.some(({ id }) => id === other.within);
    const given = this.live.act({ t: "board.group_with", note: note.id, other: other.id });
    tell(given, t("board-grouped"), () => {
      const group = this.live.card(note.id)?.within ?? "";
      const back = this.live.act({ t: "board.move", card: note.id, ...was });
      return fresh && group && group !== was.within ? this.live.act({ t: "board.ungroup", group }) : back;
    });
  }

  ungroup(group: Group): void {
    const [first, ...others] = group.notes;
    const given = this.live.act({ t: "board.ungroup", group: group.id });
    const second = others[0];
    if (!first || !second) return tell(given, t("board-ungrouped"));
    tell(given, t("board-ungrouped"), async () => {
      let last = await this.live.act({ t: "board.group_with", note: second.id, other: first.id });
      for (const { id: note } of others.slice(1)) last = await this.live.act({ t: "board.group_with", note, other: first.id });
      const made = this.live.card(first.id)?.within;
      return group.text && made ? this.live.act({ t: "board.name_group", group: made, rev: 0, text: group.text }) : last;
    });
  }

  drop(card: Card, drop: Drop): void {
    if (drop.to === "beside") return this.move(card, drop.within, drop.after);
    const other = this.live.card(drop.card);
    if (other && card.kind === "note") this.group(card, other);
  }

  /** Takes a note away when the time to undo it is over, or the page goes. */
  remove(note: Note): void {
    const rev = note.rev;
    const gone = async () => {
      const outcome = await this.live.act({ t: "board.delete", note: note.id, rev });
      this.leaving.delete(note.id);
      if (!outcome.done) refuse(outcome, outcome.reason === "stale" ? t("board-changed-not-deleted") : "");
    };
    const back = () => {
      this.leaving.delete(note.id);
      announce(t("board-undone"));
    };
    show({ text: t("board-deleted", { text: excerpt(note.text, 40) }), undo: { label: t("undo"), ms: UNDO_MS, act: back, expired: () => void gone() } });
    this.leaving.add(note.id);
  }

  vote(card: Card, dots: number): void {
    this.live.do({ t: "board.vote", card: card.id, dots });
  }

  /** Changes the words of a note as they were at `rev`. */
  async edit(note: string, rev: number, text: string): Promise<void> {
    await this.#word({ t: "board.edit", note, rev, text }, { id: note, what: "note", typed: text });
  }

  async name(group: string, rev: number, text: string): Promise<void> {
    await this.#word({ t: "board.name_group", group, rev, text }, { id: group, what: "group", typed: text });
  }

  /** The two are seen; this is what it shall be. */
  settle({ id, what, rev }: Stale, text: string): void {
    this.stale = null;
    void (what === "note" ? this.edit(id, rev, text) : this.name(id, rev, text));
  }

  async #word(command: Command, about: Pick<Stale, "id" | "what" | "typed">): Promise<void> {
    const outcome = await this.live.act(command);
    if (outcome.done) return;
    const { rev, text } = outcome.facts;
    if (outcome.reason === "stale" && typeof rev === "number" && typeof text === "string") this.stale = { ...about, rev, theirs: text };
    else refuse(outcome, outcome.reason === "not_found" || outcome.reason === "phase" ? t("board-not-kept", { text: about.typed }) : "");
  }
}
