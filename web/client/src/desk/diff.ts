/** Which words differ between two wordings. Pure. */
export interface Part {
  readonly text: string;
  /** In both, only in the first, or only in the second. */
  readonly in: "both" | "before" | "after";
}

/** The parts of both texts in reading order: leave out `after` and the first is left, leave out `before` and the second is. */
export function wordDiff(before: string, after: string): Part[] {
  const [a, b] = [words(before), words(after)];
  const same = longest(a, b);
  const parts: Part[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && one === other) {
      add(parts, one, "both");
      [i, j] = [i + 1, j + 1];
    } else if (one !== undefined && (other === undefined || at(same, i + 1, j) >= at(same, i, j + 1))) {
      add(parts, one, "before");
      i += 1;
    } else if (other !== undefined) {
      add(parts, other, "after");
      j += 1;
    }
  }
  return parts;
}

/** Words and what stands between them. */
function words(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}_’'-]+|[^\s\p{L}\p{N}_’'-]/gu) ?? [];
}

/** How many words the rest of `a` from i and the rest of `b` from j have in common, in order. At most 500 characters each. */
function longest(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row) row[j] = a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

function at(table: readonly (readonly number[])[], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

function add(parts: Part[], text: string, where: Part["in"]): void {
  const last = parts.at(-1);
  if (last?.in === where) parts[parts.length - 1] = { text: last.text + text, in: where };
  else parts.push({ text, in: where });
}
