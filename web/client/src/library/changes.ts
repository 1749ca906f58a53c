/** What changed between two texts, however long they are: by line where they are long, by word where it is worth it. Pure. */
import { type Part, wordDiff } from "../desk/diff";

/** Two pieces whose lengths multiplied are more than this are told apart as wholes: the words of a whole page would take seconds. */
const MOST_TO_COMPARE = 6_000_000;
const MOST_LINES = 2_000_000;

/** In reading order, as `wordDiff` gives it. */
export function changesOf(before: string, after: string): Part[] {
  if (before.length * after.length <= MOST_TO_COMPARE) return wordDiff(before, after);
  const [a, b] = [lines(before), lines(after)];
  let [start, end] = [0, 0];
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const parts: Part[] = [];
  add(parts, { text: a.slice(0, start).join(""), in: "both" });
  for (const part of byLine(a.slice(start, a.length - end), b.slice(start, b.length - end))) add(parts, part);
  add(parts, { text: a.slice(a.length - end).join(""), in: "both" });
  return parts;
}

/** Nothing differs. */
export function same(parts: readonly Part[]): boolean {
  return parts.every((part) => part.in === "both");
}

const GAP = " […] ";

/** Only what changed, with so many characters of what is the same around it. */
export function brief(parts: readonly Part[], around = 120): Part[] {
  return parts.map((part, nth) => {
    if (part.in !== "both" || part.text.length <= 2 * around + GAP.length) return part;
    const head = nth === 0 ? "" : upToWord(part.text.slice(0, around));
    const tail = nth === parts.length - 1 ? "" : fromWord(part.text.slice(-around));
    return { text: head + GAP + tail, in: "both" };
  });
}

function upToWord(text: string): string {
  return text.replace(/\s*\S*$/, "") || text;
}

function fromWord(text: string): string {
  return text.replace(/^\S*\s*/, "") || text;
}

function byLine(a: readonly string[], b: readonly string[]): Part[] {
  if (a.length * b.length > MOST_LINES) return pair(a.join(""), b.join(""));
  const parts: Part[] = [];
  let [gone, come] = ["", ""];
  const flush = () => {
    for (const part of pair(gone, come)) add(parts, part);
    [gone, come] = ["", ""];
  };
  for (const { text, in: where } of wordDiffOf(a, b)) {
    if (where === "before") gone += text;
    else if (where === "after") come += text;
    else {
      flush();
      add(parts, { text, in: "both" });
    }
  }
  flush();
  return parts;
}

/** Lines as words: each becomes one letter that stands for it, so that one way of comparing is enough. */
function wordDiffOf(a: readonly string[], b: readonly string[]): Part[] {
  const letters = new Map<string, string>();
  const letter = (line: string) => {
    const known = letters.get(line) ?? `n${letters.size}`;
    letters.set(line, known);
    return known;
  };
  const told = wordDiff(a.map(letter).join(" "), b.map(letter).join(" "));
  const lineOf = new Map([...letters].map(([line, sign]) => [sign, line]));
  return told.map((part) => ({ ...part, text: part.text.split(/\s+/).map((sign) => lineOf.get(sign) ?? "").join("") }));
}

function pair(gone: string, come: string): Part[] {
  if (gone && come && gone.length * come.length <= MOST_TO_COMPARE) return wordDiff(gone, come);
  return [{ text: gone, in: "before" } as const, { text: come, in: "after" } as const].filter(({ text }) => text);
}

/** With their ends. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function add(parts: Part[], { text, in: where }: Part): void {
  const last = parts.at(-1);
  if (text === "") return;
  if (last?.in === where) parts[parts.length - 1] = { text: last.text + text, in: where };
  else parts.push({ text, in: where });
}
