/** What a screen reader is told politely, in one place, never more than once in a while. */
let spoken = $state.raw("");

export function announcement(): string {
  return spoken;
}

export function announce(sentence: string): void {
  // The same sentence twice is news twice: a no-break space makes it another text.
  spoken = sentence === spoken ? `${sentence}\u00a0` : sentence;
}
