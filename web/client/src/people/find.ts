/** Who is meant by a few letters. Pure. */
import type { Member } from "./api";

/** Those in whose name or words all that was typed stands, whatever its capitals and accents. */
export function found(members: readonly Member[], typed: string): readonly Member[] {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  return members.filter((member) => {
    const words = plain(`${member.name} ${member.about}`);
    return wanted.every((part) => words.includes(part));
  });
}

function plain(words: string): string {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
