/** What a screen may show of a room, from the records it has. Pure. */
import type { Rec } from "../../sync";
import { nextOrder } from "../qna/order";
import { byVotes, deskOf, type Question, questionOf } from "../qna/question";

export interface View {
  readonly stage: Question | null;
  /** Best first, once `ranked`. */
  readonly open: readonly Question[];
  readonly answered: number;
  readonly asking: boolean;
}

export const NOTHING: View = { stage: null, open: [], answered: 0, asking: true };

/** How many open questions a screen has room for. */
export const MOST = 5;
/** Questions change places at most this often, so that a hall can read them. */
export const STILL_MS = 5_000;

/** Only what the audience may know: whatever else a record is, it isn't shown. */
export function viewOf(records: ReadonlyMap<string, Rec>): View {
  const desk = deskOf(records.get("qna"));
  const questions = [...records].map(([id, record]) => questionOf(id, record)).filter((found) => found !== undefined);
  return {
    stage: questions.find(({ status }) => status === "stage") ?? null,
    open: questions.filter(({ status }) => status === "open").sort(byVotes),
    answered: questions.filter(({ status }) => status === "answered").length,
    asking: desk.asking,
  };
}

/** Nothing is another but numbers of votes: that can wait a moment. */
export function sameButVotes(a: View, b: View): boolean {
  return words(a) === words(b);
}

function words({ stage, open, answered, asking }: View): string {
  const texts = open.map(({ id, text }) => [id, text]).sort();
  return JSON.stringify([stage && [stage.id, stage.text, stage.name], texts, answered, asking]);
}

/** `view` with its questions where they stood `before`, unless they may move now; and whether they would. */
export function ranked(before: View, view: View, mayMove: boolean): { view: View; moved: boolean } {
  const ids = (of: View) => of.open.map(({ id }) => id);
  const still = !mayMove && before.open.length >= MOST;
  const order = nextOrder(ids(before), ids(view), still, () => false);
  const known = new Map(view.open.map((question) => [question.id, question]));
  const shown = order.shown.map((id) => known.get(id)).filter((found) => found !== undefined);
  const rest = view.open.filter(({ id }) => !order.shown.includes(id)); // they wait at the end, and are counted
  return { view: { ...view, open: [...shown, ...rest] }, moved: order.moved || order.waiting > 0 };
}
