/** One short message at a time at the foot of the page, perhaps with a way back. */
export interface Toast {
  text: string;
  /** Undo, and until when it can be done. `expired` is called when the time is over without it. */
  undo?: { label: string; act: () => void; expired: () => void; ms: number };
}

const SHOWN_MS = 6_000;
let current = $state.raw<(Toast & { until: number }) | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

export function toast(): (Toast & { until: number }) | null {
  return current;
}

/** Shows `next`. What stood there is settled first: its undo has expired. */
export function show(next: Toast): void {
  settle();
  const ms = next.undo?.ms ?? SHOWN_MS;
  current = { ...next, until: Date.now() + ms };
  timer = setTimeout(settle, ms);
}

export function undo(): boolean {
  const act = current?.undo?.act;
  if (!act) return false;
  close();
  act();
  return true;
}

/** The time is over, or the page is about to go. */
export function settle(): void {
  const expired = current?.undo?.expired;
  close();
  expired?.();
}

function close(): void {
  clearTimeout(timer);
  current = null;
}
