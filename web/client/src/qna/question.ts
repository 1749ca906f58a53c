/** Questions as the page handles them, and what own commands that are not done yet make of them. Pure. */
import { type Command, MOST_CHARACTERS, type Rec } from "../../sync";
import type { Because, How, Level, QnaDesk, QnaReceipt, Status } from "../../sync/wire";

export type { Because, How, Level, Status };

export const LEVELS: readonly Level[] = ["named", "pseudonymous", "anonymous"];
export const REASONS: readonly Because[] = ["off_topic", "asked_before", "answered_before", "unclear", "not_now", "conduct"];
/** In code points, as the server counts. */
export const MOST_IN_QUESTION = MOST_CHARACTERS["qna.ask"].text;
export const MOST_IN_ANSWER = MOST_CHARACTERS["qna.answer"].text;
export const MOST_IN_NOTE = MOST_CHARACTERS["qna.decline"].note;
export const MOST_IN_LABEL = MOST_CHARACTERS["qna.label"].label;

/** A question, with what the wire leaves out when it is nothing. `original`, `parked`, `muted`, `note`: known to staff only. */
export interface Question {
  readonly id: string;
  /** 1, 2, 3 … in the order in which they were asked; 0 where only one's own receipt is known. */
  readonly order: number;
  readonly at: number;
  readonly text: string;
  readonly status: Status;
  readonly level: Level;
  readonly by: string;
  readonly name: string;
  readonly votes: number;
  readonly rev: number;
  readonly label: string;
  readonly how: How | null;
  readonly answer: string;
  readonly original: string | null;
  readonly because: Because | null;
  /** Beside the reason of a decline. */
  readonly note: string;
  readonly parked: boolean;
  readonly muted: boolean;
}

/** How the room asks, what is on stage, and what comes next. */
export interface Desk {
  readonly asking: boolean;
  readonly review: boolean;
  readonly level: Level;
  readonly stage: string | null;
  readonly next: string | null;
  readonly asked: number;
  /** When what is on stage came there. */
  readonly since: number;
}

export function questionOf(id: string, record: Rec | undefined): Question | undefined {
  if (record?.t !== "qna.question") return undefined;
  const { order, at, text, status, level, by = "", name = "", votes = 0, rev = 0, label = "", answer = "", note = "" } = record;
  const { how = null, original = null, because = null, parked = false, muted = false } = record;
  return { id, order, at, text, status, level, by, name, votes, rev, label, how, answer, original, because, note, parked, muted };
}

/** What somebody knows of their own question where the question itself is not shown to them: in review, declined, withdrawn. */
export function fromReceipt(receipt: QnaReceipt): Question {
  const { question: id, at, text, status, level, because = null, note = "" } = receipt;
  const nothing = { order: 0, by: "", name: "", votes: 0, rev: 0, label: "", how: null, answer: "", original: null, parked: false, muted: false };
  return { ...nothing, id, at, text, status, level, because, note };
}

export function deskOf(record: Rec | undefined): Desk {
  const desk: Partial<QnaDesk> = record?.t === "qna.desk" ? record : {};
  const { asking = true, review = true, level = "named", stage = null, next = null, asked = 0, since = 0 } = desk;
  return { asking, review, level, stage, next, asked, since };
}

/** The desk as it will be once own commands that are not done yet are. */
export function foreseenDesk(desk: Desk, commands: readonly Command[]): Desk {
  let now = desk;
  for (const command of commands) {
    if (command.t === "qna.set") now = { ...now, asking: command.asking ?? now.asking, review: command.review ?? now.review };
    else if (command.t === "qna.next") now = { ...now, next: command.question };
    else if (command.t === "qna.stage") now = { ...now, stage: command.question, next: now.next === command.question ? null : now.next };
    else if (leavesStage(command) && now.stage === command.question) now = { ...now, stage: null };
  }
  return now;
}

function leavesStage(command: Command): command is Extract<Command, { t: "qna.answer" | "qna.follow_up" | "qna.reopen" | "qna.decline" | "qna.remove" }> {
  return ["qna.answer", "qna.follow_up", "qna.reopen", "qna.decline", "qna.remove"].includes(command.t);
}

/** The question as it will be once `commands`, own and not done yet, are; undefined when it will be gone. */
export function foreseen(question: Question, commands: readonly Command[]): Question | undefined {
  let now = question;
  for (const command of commands) {
    switch (command.t) {
      case "qna.vote":
        now = { ...now, votes: Math.max(0, now.votes + (command.on ? 1 : -1)) };
        break;
      case "qna.reword":
      case "qna.edit":
        now = { ...now, text: command.text };
        break;
      case "qna.withdraw":
        now = { ...now, status: "withdrawn" };
        break;
      case "qna.approve":
        now = { ...now, status: "open" };
        break;
      case "qna.decline":
        now = { ...now, status: "declined", because: command.because, note: command.note ?? "" };
        break;
      case "qna.label":
        now = { ...now, label: command.label };
        break;
      case "qna.park":
        now = { ...now, parked: command.on };
        break;
      case "qna.stage":
        now = { ...now, status: "stage" };
        break;
      case "qna.answer":
        now = { ...now, status: "answered", how: command.how, answer: command.text ?? "" };
        break;
      case "qna.follow_up":
        now = { ...now, status: "follow_up" };
        break;
      case "qna.reopen":
        now = { ...now, status: command.review ? "review" : "open" };
        break;
      case "qna.mute":
        now = { ...now, muted: command.on };
        break;
      case "qna.remove":
        return undefined;
    }
  }
  return now;
}

/** The question that a command is about. */
export function about(command: Command): string | null {
  return "question" in command && command.t !== "qna.next" ? command.question : null;
}

/** Most votes first; of as many votes the one that was asked first. */
export function byVotes(a: Question, b: Question): number {
  return b.votes - a.votes || a.order - b.order;
}

export function byAge(a: Question, b: Question): number {
  return a.order - b.order || a.at - b.at;
}

/** Whether a question asked at `level` hides as much as `floor` asks for. */
export function covers(level: Level, floor: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(floor);
}
