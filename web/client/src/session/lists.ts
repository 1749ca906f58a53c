/** Which questions stand under which tab, best first. Pure. */
import { byAge, byVotes, type Question } from "../qna/question";

export const TABS = ["top", "new", "answered", "mine"] as const;
export type Tab = (typeof TABS)[number];

/** What can still be answered: open, or to be followed up. */
export function underTab(tab: Tab, questions: Iterable<Question>, isMine: (id: string) => boolean): Question[] {
  const all = [...questions];
  switch (tab) {
    case "top":
      return all.filter(waits).sort(byVotes);
    case "new":
      return all.filter(waits).sort((a, b) => byAge(b, a));
    case "answered":
      return all.filter(({ status }) => status === "answered").sort((a, b) => byAge(b, a));
    case "mine":
      return all.filter(({ id }) => isMine(id)).sort((a, b) => b.at - a.at || byAge(b, a));
  }
}

function waits({ status }: Question): boolean {
  return status === "open" || status === "follow_up";
}
