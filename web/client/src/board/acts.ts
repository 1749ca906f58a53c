/** Everything one may do with a card, besides voting: the same by buttons and dialogs as by dragging. Pure. */
import type { IconName } from "../kit/icons";
import type { Card } from "./card";

export type Act = "move" | "group" | "edit" | "name" | "ungroup" | "plan" | "decide" | "mute" | "unmute" | "delete" | "report";

export const ICON_OF: Readonly<Record<Act, IconName>> = {
  move: "right",
  group: "board",
  edit: "edit",
  name: "tag",
  ungroup: "list",
  plan: "check",
  decide: "flag",
  mute: "mute",
  unmute: "unmute",
  delete: "trash",
  report: "flag",
};

export interface Around {
  /** Whether one may give a command about this card now. */
  readonly may: (tag: string, card: Card) => boolean;
  /** There is another card to put it with. */
  readonly others: boolean;
  /** Whoever wrote it was muted by way of it. */
  readonly muted: boolean;
  /** Whoever can take it away themselves need not report it. */
  readonly staff: boolean;
}

const TAGS: Readonly<Record<Act, string>> = {
  move: "board.move",
  group: "board.group_with",
  edit: "board.edit",
  name: "board.name_group",
  ungroup: "board.ungroup",
  plan: "board.plan",
  decide: "board.decide",
  mute: "board.mute",
  unmute: "board.mute",
  delete: "board.delete",
  report: "room.report",
};
const OF_NOTES: readonly Act[] = ["move", "group", "edit", "plan", "decide", "mute", "unmute", "delete", "report"];
const OF_GROUPS: readonly Act[] = ["move", "name", "ungroup", "plan", "decide"];

export function actsFor(card: Card, around: Around): Act[] {
  if (card.kind === "note" && card.standing !== "stored") return [];
  const acts = card.kind === "note" ? OF_NOTES : OF_GROUPS;
  return acts.filter((act) => around.may(TAGS[act], card) && fits(act, card, around));
}

function fits(act: Act, card: Card, { others, muted, staff }: Around): boolean {
  if (card.kind === "group") return true;
  if (act === "group") return others;
  if (act === "plan" || act === "decide") return !card.hidden;
  if (act === "mute" || act === "unmute") return !card.mine && muted === (act === "unmute");
  if (act === "report") return !card.mine && !card.hidden && !staff;
  return true;
}

/** What a note can be put with: groups, and revealed notes that lie in no group; not where it is already. */
export function partners<C extends { readonly cards: readonly Card[] }>(columns: readonly C[], note: Card): { readonly column: C; readonly card: Card }[] {
  const takes = (card: Card) => card.id !== note.id && card.id !== note.within && (card.kind === "group" || (card.standing === "stored" && !card.hidden));
  return columns.flatMap((column) => column.cards.filter(takes).map((card) => ({ column, card })));
}
