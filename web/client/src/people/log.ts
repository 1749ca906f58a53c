/** What staff did, as the server has it. */
import { get } from "../api";

export interface Act {
  /** ms since 1970, to the minute. */
  at: number;
  name: string;
  /** As `chat.remove`. */
  what: string;
  about: string;
  detail: string;
  record: string;
  room: string | null;
  kind: string | null;
  session: string | null;
}

export interface StaffLog {
  acts: Act[];
  more: boolean;
  kept_days: number;
}

export const log = (offset: number) => get<StaffLog>(`/api/log?offset=${offset}`);

/** Where one goes to see; null: nowhere in particular. */
export function placeOf(act: Act): string | null {
  if (act.room === null) return null;
  const place = act.session === null ? "/c" : `/s/${encodeURIComponent(act.session)}`;
  return ["chat.remove", "qna.decline", "qna.edit", "room.dismiss"].includes(act.what) ? `${place}#${encodeURIComponent(act.record)}` : place;
}

/** Those of one day together, in the order they have; `dayOf` names the day. */
export function byDay(acts: readonly Act[], dayOf: (at: number) => string): [string, Act[]][] {
  const found = new Map<string, Act[]>();
  for (const act of acts) {
    const day = dayOf(act.at);
    found.set(day, [...(found.get(day) ?? []), act]);
  }
  return [...found];
}
