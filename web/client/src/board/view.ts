/** What all cards of a board need to know and do; one object, so that a note takes no more than it uses. */
import type { SvelteMap } from "svelte/reactivity";
import type { Acting } from "./acting.svelte";
import type { Card, Group, Note, Phase } from "./card";
import type { LiveBoard, Reach } from "./live.svelte";

export interface View {
  readonly live: LiveBoard;
  readonly acting: Acting;
  readonly phase: Phase;
  readonly edits: Reach;
  readonly deletes: Reach;
  readonly moves: Reach;
  readonly names: Reach;
  readonly ungroups: Reach;
  readonly votes: boolean;
  /** The note or group whose words are being changed here. */
  readonly editing: string | null;
  /** As they stood when one began. */
  readonly rev: number;
  /** The card that somebody looks for: drawn, wherever it is. */
  readonly sought: string | null;
  /** Who else writes on a note. */
  readonly writers: SvelteMap<string, string>;
  readonly edit: (card: Card | null) => void;
  readonly typed: (text: string) => void;
  /** Everything one may do with a card, as buttons; absent: nothing offers it. */
  readonly more: ((card: Card) => void) | undefined;
  readonly resolve: (how: "again" | "edit" | "drop", note: Note) => void;
}

/** Words to call a group by. */
export function titleOf(group: Group, unnamed: string): string {
  return group.text || unnamed;
}

/** Votes are told when voting is over. */
export function showsVotes(phase: Phase): boolean {
  return phase === "discuss" || phase === "done";
}
