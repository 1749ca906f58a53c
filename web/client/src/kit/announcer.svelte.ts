/** What a screen reader is told politely, in one place. It goes again, so that nobody stumbles on old news. */
const STAYS_MS = 7_000;
let spoken = $state.raw("");
let timer: ReturnType<typeof setTimeout> | undefined;

export function announcement(): string {
  return spoken;
}

export function announce(sentence: string): void {
  clearTimeout(timer);
  // The same sentence twice is news twice: a no-break space makes it another text.
  spoken = sentence === spoken ? `${sentence}\u00a0` : sentence;
  timer = setTimeout(() => (spoken = ""), STAYS_MS);
}
