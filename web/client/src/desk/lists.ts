/** Which questions stand in which list of the desk, and in which order. Pure. */
import { byAge, byVotes, type Question, type Status } from "../qna/question";

export const LANES = ["review", "live", "done"] as const;
export type Lane = (typeof LANES)[number];

/** The list a question stands in; null: it is on stage. */
export function laneOf(question: Question): Lane | null {
  if (question.status === "stage") return null;
  if (question.parked) return "done";
  if (question.status === "review") return "review";
  return question.status === "open" ? "live" : "done";
}

/**
 * The questions of a list, first first: to review by age, live by votes and then age; parked ones, and then what was done, latest
 * first. `came`: in which order questions came into a status, as far as this page saw it happen.
 */
export function inLane(lane: Lane, questions: Iterable<Question>, came: ReadonlyMap<string, number>): Question[] {
  const found = [...questions].filter((question) => laneOf(question) === lane);
  if (lane === "review") return found.sort(byAge);
  if (lane === "live") return found.sort(byVotes);
  const latest = ({ id }: Question) => came.get(id) ?? 0;
  return found.sort((a, b) => Number(b.parked) - Number(a.parked) || latest(b) - latest(a) || byAge(b, a));
}

/** How many questions were asked, let through, answered and declined. */
export function countsOf(questions: Iterable<Question>, asked: number): { asked: number; published: number; answered: number; declined: number } {
  const counts = { asked, published: 0, answered: 0, declined: 0 };
  for (const { status } of questions) {
    if (PUBLISHED.includes(status)) counts.published += 1;
    if (status === "answered" || status === "declined") counts[status] += 1;
  }
  return counts;
}

const PUBLISHED: readonly Status[] = ["open", "stage", "answered", "follow_up"];

/** The labels in use, most used first. */
export function labelsOf(questions: Iterable<Question>): string[] {
  const uses = new Map<string, number>();
  for (const { label } of questions) if (label) uses.set(label, (uses.get(label) ?? 0) + 1);
  return [...uses].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([label]) => label);
}

/** How many of those shown would stand higher than they do. */
export function risen(shown: readonly string[], wanted: readonly string[]): number {
  const now = shown.filter((id) => wanted.includes(id));
  const rank = new Map(wanted.filter((id) => now.includes(id)).map((id, i) => [id, i]));
  return now.filter((id, i) => (rank.get(id) ?? i) < i).length;
}

/** Where one goes from `id` when it leaves a list in which it stood at `index`: who stands there now, else the last. */
export function neighbour(ids: readonly string[], index: number): string | undefined {
  return ids[Math.min(Math.max(index, 0), ids.length - 1)];
}
