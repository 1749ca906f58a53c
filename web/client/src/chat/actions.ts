/** What somebody may do with a message: the same list for the bar, the sheet and the keys. Pure. */
import type { IconName } from "../kit/icons";
import type { Message } from "./message";

export type ActionName = "reply" | "edit" | "pin" | "unpin" | "save" | "unsave" | "delete" | "remove" | "report";

export interface Action {
  readonly name: ActionName;
  readonly icon: IconName;
  readonly key: string;
  /** The catalogue's id of its name. */
  readonly label: string;
  readonly grave?: true;
}

export const ACTIONS: Record<ActionName, Action> = {
  reply: { name: "reply", icon: "reply", key: "r", label: "act-reply" },
  edit: { name: "edit", icon: "edit", key: "e", label: "act-edit" },
  pin: { name: "pin", icon: "pin", key: "p", label: "act-pin" },
  unpin: { name: "unpin", icon: "pin-on", key: "p", label: "act-unpin" },
  save: { name: "save", icon: "bookmark", key: "s", label: "act-save" },
  unsave: { name: "unsave", icon: "bookmark-on", key: "s", label: "act-unsave" },
  delete: { name: "delete", icon: "trash", key: "d", label: "act-delete", grave: true },
  report: { name: "report", icon: "flag", key: "f", label: "act-report" },
  remove: { name: "remove", icon: "remove", key: "d", label: "act-remove", grave: true },
};

export function actionsFor(message: Message, mine: boolean, may: (tag: string) => boolean): Action[] {
  if (message.removed) return [];
  const names: (ActionName | false)[] = [
    may("chat.post") && "reply",
    mine && may("chat.edit") && "edit",
    may("chat.pin") && (message.pinned ? "unpin" : "pin"),
    may("chat.save") && (message.saved ? "unsave" : "save"),
    mine ? may("chat.delete") && "delete" : may("chat.remove") && "remove",
    !mine && !may("chat.remove") && may("room.report") && "report",
  ];
  return names.filter((name) => name !== false).map((name) => ACTIONS[name]);
}
