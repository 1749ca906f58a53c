/** What is reported in a room, for its staff: the server shows it to nobody else. */
import type { Rec, Why } from "../../sync/wire";

/** Where the room keeps its reports. */
export const REPORTS = "reports";
export const WHYS: readonly Why[] = ["unkind", "private", "spam", "other"];

export interface Reported {
  /** The message, question or note. */
  readonly id: string;
  /** ms since 1970: the minute of the latest report. */
  readonly at: number;
  readonly count: number;
  readonly whys: readonly (readonly [Why, number])[];
}

export class Reports {
  /** The latest first. */
  list = $state.raw<readonly Reported[]>([]);
  #taken: Rec | undefined;

  take(record: Rec | undefined): void {
    if (record === this.#taken) return;
    this.#taken = record;
    this.list = reportedIn(record);
  }

  of(id: string): Reported | undefined {
    return this.list.find((each) => each.id === id);
  }
}

export function reportedIn(record: Rec | undefined): Reported[] {
  if (record?.t !== "room.reports") return [];
  const found = Object.entries(record.things).map(([id, { at, why }]) => {
    const whys = WHYS.map((each) => [each, why[each] ?? 0] as const).filter(([, count]) => count > 0);
    return { id, at, whys, count: whys.reduce((sum, [, count]) => sum + count, 0) };
  });
  return found.sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
}
