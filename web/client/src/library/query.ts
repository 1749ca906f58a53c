/** What somebody looks for in the library, as the address of the page says it. Pure. */
import type { Hit } from "./api";

/** What a search can be narrowed to by choosing some of several. */
export const CHOICES = ["type", "status", "tag", "session"] as const;
export type Choice = (typeof CHOICES)[number];
/** Days, as YYYY-MM-DD or "". */
export const DAYS = ["from", "to"] as const;
export type Day = (typeof DAYS)[number];

export interface Query extends Readonly<Record<Choice, readonly string[]>>, Readonly<Record<Day, string>> {
  readonly q: string;
}

export const ANYTHING: Query = { q: "", type: [], status: [], tag: [], session: [], from: "", to: "" };
export const MOST_IN_QUERY = 200;

const A_DAY = /^\d{4}-\d{2}-\d{2}$/;

export function queryOf(search: string): Query {
  const asked = new URLSearchParams(search);
  const day = (name: Day) => (A_DAY.test(asked.get(name) ?? "") ? (asked.get(name) ?? "") : "");
  const several = (name: Choice) => [...new Set(asked.getAll(name))].filter(Boolean);
  return {
    q: (asked.get("q") ?? "").slice(0, MOST_IN_QUERY),
    type: several("type"),
    status: several("status"),
    tag: several("tag"),
    session: several("session"),
    from: day("from"),
    to: day("to"),
  };
}

/** The same for the same query, whatever was typed around its words. */
export function paramsOf(query: Query): URLSearchParams {
  const params = new URLSearchParams();
  const words = query.q.trim();
  if (words) params.set("q", words);
  for (const name of CHOICES) for (const value of query[name]) params.append(name, value);
  for (const name of DAYS) if (query[name]) params.set(name, query[name]);
  return params;
}

export function addressOf(query: Query): string {
  const params = `${paramsOf(query)}`;
  return params ? `/l?${params}` : "/l";
}

/** With `value` chosen if it wasn't, and the other way round. */
export function toggled(query: Query, name: Choice, value: string): Query {
  const chosen = query[name];
  return { ...query, [name]: chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value] };
}

/** How much it is narrowed to, beside its words. */
export function narrowing(query: Query): number {
  return CHOICES.reduce((sum, name) => sum + query[name].length, 0) + DAYS.filter((name) => query[name]).length;
}

/** The page where a hit stands, and the place in it. */
export function placeOf({ where, id, room, session }: Pick<Hit, "where" | "id" | "room" | "session">): string {
  const place = `#${encodeURIComponent(id)}`;
  if (where === "item") return `/l/${encodeURIComponent(id)}`;
  if (!session) return `/c${place}`;
  const at = `/s/${encodeURIComponent(session.id)}`;
  return where === "board" && room ? `${at}/board/${encodeURIComponent(room)}${place}` : at + place;
}
