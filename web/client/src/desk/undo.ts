/** What undoes an act of staff. Pure: a table of what was wished for and how things stood before. */
import type { Desk, Question, Status } from "../qna/question";
import type { OnQuestion, Wish } from "./acts";

type Turning = Extract<OnQuestion, { t: "qna.approve" | "qna.decline" | "qna.stage" | "qna.answer" | "qna.follow_up" | "qna.reopen" }>;

/** How things stood when something was wished for. `question`: the one it was about; none for the room. */
export interface Before {
  readonly question?: Question;
  readonly desk: Desk;
}

const MAY_BE_PARKED: readonly Status[] = ["review", "open"];
const MAY_BE_NEXT: readonly Status[] = ["open", "follow_up"];

/** The wishes that put things back, in order; none where there is no way back (what is removed is gone). */
export function undoing(wish: Wish, before: Before): readonly Wish[] {
  if (wish.t === "qna.set") return [backToArranged(wish, before.desk)];
  if (wish.t === "qna.next") return [{ t: "qna.next", question: before.desk.next }];
  return before.question ? undoingOn(wish, before.question, before.desk) : [];
}

function undoingOn(wish: OnQuestion, before: Question, desk: Desk): readonly Wish[] {
  const question = before.id;
  switch (wish.t) {
    case "qna.edit":
      return [{ t: "qna.edit", question, text: before.text }];
    case "qna.label":
      return [{ t: "qna.label", question, label: before.label }];
    case "qna.park":
      return [{ t: "qna.park", question, on: !wish.on }];
    case "qna.mute":
      return [{ t: "qna.mute", question, on: !wish.on }];
    case "qna.remove":
      return [];
    default:
      return [...backTo(before, statusAfter(wish)), ...lostOnTheWay(statusAfter(wish), before, desk)];
  }
}

/** The status that a wish leads to. */
export function statusAfter(wish: Turning): Status {
  switch (wish.t) {
    case "qna.approve":
      return "open";
    case "qna.decline":
      return "declined";
    case "qna.stage":
      return "stage";
    case "qna.answer":
      return "answered";
    case "qna.follow_up":
      return "follow_up";
    case "qna.reopen":
      return wish.review ? "review" : "open";
  }
}

/** From which statuses the server goes there at once. */
const AT_ONCE: Readonly<Record<Status, readonly Status[]>> = {
  review: ["open", "stage", "answered", "follow_up", "declined"],
  open: ["stage", "answered", "follow_up", "declined"],
  stage: ["open", "follow_up"],
  answered: ["open", "stage", "follow_up", "answered"],
  follow_up: ["open", "stage", "answered"],
  declined: ["review", "open", "stage"],
  withdrawn: [],
};

/** To the status it had, with what belonged to it; by way of open where there is no shorter one. */
function backTo(before: Question, after: Status): readonly OnQuestion[] {
  const question = before.id;
  if (before.status === after && after !== "answered") return [];
  if (after === "review") return [{ t: "qna.approve", question }, ...(before.status === "open" ? [] : [turning(before)])];
  const open: readonly OnQuestion[] = AT_ONCE[before.status].includes(after) ? [] : [{ t: "qna.reopen", question }];
  return [...open, turning(before)];
}

function turning({ id: question, status, because, note, how, answer }: Question): OnQuestion {
  switch (status) {
    case "review":
      return { t: "qna.reopen", question, review: true };
    case "stage":
      return { t: "qna.stage", question };
    case "answered":
      return { t: "qna.answer", question, how: how ?? "live", text: answer };
    case "follow_up":
      return { t: "qna.follow_up", question };
    case "declined":
      return { t: "qna.decline", question, because: because ?? "off_topic", note };
    case "open":
    case "withdrawn": // nobody but its asker gets it there, and nobody away from there
      return { t: "qna.reopen", question };
  }
}

/** What a question loses with its status: the mark of staff, its place in Next. */
function lostOnTheWay(after: Status, before: Question, desk: Desk): readonly Wish[] {
  const parked = before.parked && !MAY_BE_PARKED.includes(after);
  const next = desk.next === before.id && !MAY_BE_NEXT.includes(after);
  return [
    ...(parked ? [{ t: "qna.park", question: before.id, on: true } as const] : []),
    ...(next ? [{ t: "qna.next", question: before.id } as const] : []),
  ];
}

function backToArranged(wish: Extract<Wish, { t: "qna.set" }>, desk: Desk): Wish {
  return {
    t: "qna.set",
    ...(wish.asking != null && { asking: desk.asking }),
    ...(wish.review != null && { review: desk.review }),
  };
}
