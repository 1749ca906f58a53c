const TONES = 6;

/** Up to two letters: of the first and the last word, or the first two of a single word. */
export function initials(name: string): string {
  const words = name.trim().split(/[\s_-]+/).filter(Boolean);
  const first = [...(words[0] ?? "")];
  const last = words.length > 1 ? [...(words.at(-1) ?? "")] : [];
  return `${first[0] ?? "?"}${last[0] ?? first[1] ?? ""}`.toUpperCase();
}

/** 0–5, always the same for the same name. */
export function tone(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum % TONES;
}
