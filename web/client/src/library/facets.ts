/** What a search can be narrowed to. Pure. */
import type { ItemType } from "../harvest/api";
import type { Count, Facets, Status } from "./api";
import type { Query } from "./query";

/**
 * Where something is chosen, the server counts only what that leaves: what was there before (`known`, for the same words)
 * stays to choose from, and what is chosen is there in any case. `count` -1: not known.
 */
export function optionsOf(now: Facets, known: Facets | null, query: Query): Facets {
  return {
    type: kept(now.type, known?.type, query.type as readonly ItemType[]),
    tag: kept(now.tag, known?.tag, query.tag),
    status: kept(now.status, known?.status, query.status as readonly Status[]),
    session: sessions(now.session, known?.session, query.session),
  };
}

function kept<T extends string>(now: readonly Count<T>[], known: readonly Count<T>[] | undefined, chosen: readonly T[]): readonly Count<T>[] {
  if (chosen.length === 0) return now;
  const counts = new Map(now);
  const values = new Set([...(known ?? []).map(([value]) => value), ...counts.keys(), ...chosen]);
  const before = new Map(known);
  return [...values].map((value) => [value, counts.get(value) ?? (chosen.includes(value) ? 0 : (before.get(value) ?? -1))] as const);
}

function sessions(now: Facets["session"], known: Facets["session"] | undefined, chosen: readonly string[]): Facets["session"] {
  const titles = new Map([...(known ?? []), ...now].map(([id, title]) => [id, title]));
  const counts = (of: Facets["session"] | undefined) => of?.map(([id, , count]) => [id, count] as const);
  return kept(counts(now) ?? [], counts(known), chosen).map(([id, count]) => [id, titles.get(id) ?? "", count] as const);
}
