/** In which order questions stand, so that nothing moves under who reads them. Pure. */

export interface Order {
  /** The ids on the page, top first. */
  readonly shown: readonly string[];
  /** How many that aren't on the page yet. */
  readonly waiting: number;
  /** They would stand in another order now. */
  readonly moved: boolean;
}

/**
 * The next order, when they should stand as `wanted`. While somebody reads (`still`) what is there keeps its place, what is gone
 * goes, one's own new ones (`mine`) come on top, and other people's wait.
 */
export function nextOrder(shown: readonly string[], wanted: readonly string[], still: boolean, mine: (id: string) => boolean): Order {
  if (!still) return { shown: wanted, waiting: 0, moved: false };
  const known = new Set(shown);
  const there = new Set(wanted);
  const kept = shown.filter((id) => there.has(id));
  const fresh = wanted.filter((id) => !known.has(id));
  const own = fresh.filter(mine);
  const next = [...own, ...kept];
  const on = new Set(next);
  const ranked = wanted.filter((id) => on.has(id));
  return { shown: next, waiting: fresh.length - own.length, moved: ranked.some((id, i) => id !== next[i]) };
}
