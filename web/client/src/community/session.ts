/** A session in the community's list. Pure. */
import type { SessionInList, SessionState } from "../api";

/** As the server has them. */
export const MOST_IN_TITLE = 80;
export const MOST_IN_PURPOSE = 500;

/** People are in it, or may come in to take part. */
export function isOn({ state }: { state: SessionState }): boolean {
  return state === "open" || state === "locked" || state === "closing";
}

export interface Listed {
  readonly on: readonly SessionInList[];
  readonly planned: readonly SessionInList[];
  readonly over: readonly SessionInList[];
}

/** What is on, best first; what is planned; what is over. Each in the order it came. */
export function listed(sessions: readonly SessionInList[]): Listed {
  const ORDER: readonly SessionState[] = ["open", "locked", "closing"];
  return {
    on: sessions.filter(isOn).sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state)),
    planned: sessions.filter(({ state }) => state === "planned"),
    over: sessions.filter(({ state }) => state === "closed"),
  };
}
