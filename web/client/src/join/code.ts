/** Join codes: six characters, without those that look alike (0 O 1 I L), shown in groups of three. */
export const CODE_LENGTH = 6;

/** Capitals and digits only, at most a code's length: whatever somebody typed or pasted. */
export function normalCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, CODE_LENGTH);
}

/** WND4K7 → "WND 4K7" */
export function grouped(code: string): string {
  return code.length > 3 ? `${code.slice(0, 3)} ${code.slice(3)}` : code;
}

/** For a screen reader: one character at a time. */
export function spelled(code: string): string {
  return [...code].join(" ");
}

/** The characters that no code has, in the order they were typed. */
export function impossible(code: string): string[] {
  return [...new Set([...code].filter((c) => "0O1IL".includes(c)))];
}
