import type { Message } from "./message";

/** A message of Anna's, numbered `n`, for tests. */
export function message(n: number, differs: Partial<Message> = {}): Message {
  return {
    id: `m${n}`,
    n,
    at: n * 60_000,
    by: "a",
    name: "Anna",
    text: "hi",
    staff: false,
    replyTo: null,
    edited: false,
    reactions: {},
    pinned: false,
    saved: false,
    removed: false,
    ...differs,
  };
}

/** Messages numbered `from` to `to`. */
export function messages(from: number, to: number): Message[] {
  return Array.from({ length: to - from + 1 }, (_, i) => message(from + i));
}
