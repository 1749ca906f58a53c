/** The part of a long list that is on the page: a window that follows the reader, so that ten thousand messages cost no more than two hundred. Pure. */
import type { Message } from "./message";
import { indexOf } from "./timeline";

export interface View {
  /** Number of the first message shown. */
  readonly low: number;
  /** Number of the last message shown; null: up to the newest, whatever comes. */
  readonly high: number | null;
}

export const STEP = 80;
export const MOST = 240;

export interface Slice {
  readonly start: number;
  readonly end: number;
}

export function sliceOf(messages: readonly Message[], view: View): Slice {
  const start = indexOf(messages, view.low);
  return { start, end: view.high === null ? messages.length : Math.max(start, indexOf(messages, view.high + 1)) };
}

/** The end of the list. */
export function newest(messages: readonly Message[]): View {
  return { low: messages[Math.max(0, messages.length - STEP)]?.n ?? 0, high: null };
}

/** One message in the middle. */
export function around(messages: readonly Message[], n: number): View {
  const at = indexOf(messages, n);
  return viewOf(messages, at - STEP / 2, at + STEP / 2);
}

/** Some more above; what is far below goes. */
export function up(messages: readonly Message[], view: View): View {
  const { start, end } = sliceOf(messages, view);
  const from = Math.max(0, start - STEP);
  return end - from <= MOST ? { low: messages[from]?.n ?? 0, high: view.high } : viewOf(messages, from, from + MOST);
}

/** Some more below; what is far above goes. */
export function down(messages: readonly Message[], view: View): View {
  const { start, end } = sliceOf(messages, view);
  const to = Math.min(messages.length, end + STEP);
  return viewOf(messages, Math.max(start, to - MOST), to);
}

/** New messages came: a reader at the end lets go of the top, another one keeps what is on the page. */
export function bounded(messages: readonly Message[], view: View, atEnd: boolean): View {
  const { start, end } = sliceOf(messages, view);
  if (view.high !== null || end - start <= MOST + STEP) return view;
  return atEnd ? newest(messages) : viewOf(messages, start, start + MOST);
}

function viewOf(messages: readonly Message[], from: number, to: number): View {
  const low = messages[Math.max(0, from)]?.n ?? 0;
  return { low, high: to >= messages.length ? null : (messages[to - 1]?.n ?? null) };
}
