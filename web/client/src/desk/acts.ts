/** What staff can do with a question: which act is possible when, with which key, and how it looks. Pure. */
import type { Command } from "../../sync";
import type { IconName } from "../kit/icons";
import type { Desk, Question, Status } from "../qna/question";

type Without<C, K extends PropertyKey> = C extends unknown ? Omit<C, K> : never;
type Given<T> = Extract<Command, { t: T }>;

/** A command of staff as it is wished for; which `rev` goes with it is known when it is given. */
export type Wish = Without<
  Given<"qna.approve" | "qna.decline" | "qna.edit" | "qna.label" | "qna.park" | "qna.stage" | "qna.answer" | "qna.follow_up" | "qna.reopen" | "qna.remove">,
  "rev"
> | Given<"qna.next" | "qna.mute" | "qna.set">;

/** A wish about one question. */
export type OnQuestion = Exclude<Wish, { t: "qna.next" | "qna.set" }>;

export type ActName =
  | "approve"
  | "edit"
  | "decline"
  | "park"
  | "unpark"
  | "label"
  | "next"
  | "unnext"
  | "stage"
  | "answer"
  | "note"
  | "write"
  | "follow"
  | "reopen"
  | "unstage"
  | "review"
  | "mute"
  | "unmute"
  | "remove";

export interface Act {
  readonly name: ActName;
  /** As `KeyboardEvent.key`, letters small. */
  readonly key: string;
  readonly icon: IconName;
  /** The command it comes to. */
  readonly tag: Command["t"];
  /** The statuses of a question that it can be done with. */
  readonly from: readonly Status[];
  /** Asks for something more first. */
  readonly asks?: true;
  readonly grave?: true;
}

const LIVE: readonly Status[] = ["review", "open", "stage", "answered", "follow_up"];
const ANY: readonly Status[] = [...LIVE, "declined", "withdrawn"];

/** As the server has them; a test compares. In the order in which they stand on a card. */
export const ACTS: readonly Act[] = [
  { name: "approve", key: "a", icon: "check", tag: "qna.approve", from: ["review"] },
  { name: "answer", key: "y", icon: "check", tag: "qna.answer", from: ["stage", "open", "follow_up"] },
  { name: "stage", key: "s", icon: "st-stage", tag: "qna.stage", from: ["open", "follow_up"] },
  { name: "next", key: "x", icon: "right", tag: "qna.next", from: ["open", "follow_up"] },
  { name: "unnext", key: "x", icon: "x", tag: "qna.next", from: ["open", "follow_up"] },
  { name: "unstage", key: "o", icon: "undo", tag: "qna.reopen", from: ["stage"] },
  { name: "reopen", key: "o", icon: "undo", tag: "qna.reopen", from: ["answered", "follow_up", "declined"] },
  { name: "edit", key: "e", icon: "edit", tag: "qna.edit", from: LIVE, asks: true },
  { name: "park", key: "p", icon: "park", tag: "qna.park", from: ["review", "open"] },
  { name: "unpark", key: "p", icon: "park", tag: "qna.park", from: ["review", "open"] },
  { name: "decline", key: "d", icon: "st-declined", tag: "qna.decline", from: ["review", "open", "stage"], asks: true },
  { name: "note", key: "t", icon: "edit", tag: "qna.answer", from: ["stage", "open", "follow_up", "answered"], asks: true },
  { name: "write", key: "w", icon: "chat", tag: "qna.answer", from: ["stage", "open", "follow_up", "answered"], asks: true },
  { name: "follow", key: "f", icon: "st-follow", tag: "qna.follow_up", from: ["open", "stage", "answered"] },
  { name: "label", key: "l", icon: "tag", tag: "qna.label", from: LIVE, asks: true },
  { name: "review", key: "b", icon: "st-review", tag: "qna.reopen", from: ["open"] },
  { name: "mute", key: "m", icon: "mute", tag: "qna.mute", from: ANY },
  { name: "unmute", key: "m", icon: "unmute", tag: "qna.mute", from: ANY },
  { name: "remove", key: "Delete", icon: "trash", tag: "qna.remove", from: ANY, grave: true },
];

/** What stands on the card itself when it is at hand; the rest is behind "more". The first is the main one. */
const AT_HAND: Readonly<Record<Status, readonly ActName[]>> = {
  review: ["approve", "unpark", "edit", "park", "decline"],
  open: ["unpark", "stage", "next", "unnext", "answer", "park"],
  stage: ["answer", "note", "follow", "unstage"],
  answered: ["reopen", "note", "follow"],
  follow_up: ["reopen", "stage", "next", "unnext", "write"],
  declined: ["reopen"],
  withdrawn: [],
};

/** Everything that can be done with it now, by who `may` give those commands. */
export function actsFor(question: Question, desk: Pick<Desk, "next">, may: (tag: string) => boolean): readonly Act[] {
  return ACTS.filter((act) => act.from.includes(question.status) && may(act.tag) && applies(act.name, question, desk));
}

export function atHand(question: Question, acts: readonly Act[]): readonly Act[] {
  const names = AT_HAND[question.status];
  return acts.filter(({ name }) => names.includes(name)).sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

function applies(name: ActName, question: Question, desk: Pick<Desk, "next">): boolean {
  switch (name) {
    case "park":
      return !question.parked;
    case "unpark":
      return question.parked;
    case "next":
      return desk.next !== question.id;
    case "unnext":
      return desk.next === question.id;
    case "mute":
      return !question.muted;
    case "unmute":
      return question.muted;
    default:
      return true;
  }
}

/** What an act that asks for nothing more comes to. */
export function wishOf(name: ActName, question: string): Wish | null {
  switch (name) {
    case "approve":
      return { t: "qna.approve", question };
    case "park":
    case "unpark":
      return { t: "qna.park", question, on: name === "park" };
    case "next":
    case "unnext":
      return { t: "qna.next", question: name === "next" ? question : null };
    case "stage":
      return { t: "qna.stage", question };
    case "answer":
      return { t: "qna.answer", question, how: "live" };
    case "follow":
      return { t: "qna.follow_up", question };
    case "reopen":
    case "unstage":
      return { t: "qna.reopen", question };
    case "review":
      return { t: "qna.reopen", question, review: true };
    case "mute":
    case "unmute":
      return { t: "qna.mute", question, on: name === "mute" };
    case "remove":
      return { t: "qna.remove", question };
    default:
      return null; // they ask for something more
  }
}

/** Whether this can still be done with a question in that status. */
export function possible(wish: Wish, status: Status): boolean {
  if (wish.t === "qna.reopen" && wish.review) return !["review", "withdrawn"].includes(status);
  if (wish.t === "qna.reopen") return !["open", "review", "withdrawn"].includes(status);
  return ACTS.some((act) => act.tag === wish.t && act.from.includes(status));
}

/** The question a wish is about; null: it is about the room. */
export function questionIn(wish: Wish): string | null {
  return wish.t === "qna.set" || wish.t === "qna.next" ? null : wish.question;
}

/** The command for a wish. */
export function withRev(wish: Wish, rev: number): Command {
  return wish.t === "qna.next" || wish.t === "qna.mute" || wish.t === "qna.set" ? wish : { ...wish, rev };
}

/** Whether the server raises the question's `rev` for it (removing leaves nothing to raise). */
export function raises(tag: Command["t"]): boolean {
  return ["qna.approve", "qna.decline", "qna.edit", "qna.label", "qna.park", "qna.stage", "qna.answer", "qna.follow_up", "qna.reopen"].includes(tag);
}
