export interface Seat {
  who: "taken" | "free" | "you";
  /** In a square of 100. */
  x: number;
  y: number;
  r: number;
}

const LEAST = 24;
const MOST = 48;
const FREE = 6;
const YOURS = 3; // a place near the top, where the eye is

/** The seats of a ring with `others` people and perhaps you. Above 42 the ring is full enough to mean "many". */
export function ringOf(others: number, you: boolean): Seat[] {
  const taken = Math.max(0, Math.min(others + (you ? 1 : 0), MOST - FREE));
  const total = Math.max(LEAST, taken + FREE);
  const yours = you ? Math.min(YOURS, taken - 1) : -1;
  const size = total > 36 ? 1.8 : 2.3;
  return Array.from({ length: total }, (_, i) => {
    const turn = (i / total) * 2 * Math.PI - Math.PI / 2;
    const who = i === yours ? "you" : i < taken ? "taken" : "free";
    const scale = { you: 1.7, taken: 1, free: 0.85 }[who];
    return { who, x: rounded(50 + 45 * Math.cos(turn)), y: rounded(50 + 45 * Math.sin(turn)), r: rounded(size * scale) };
  });
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
