/** What the log shows, row by row: messages grouped by author, days, the unread line, own words that are under way. Pure. */
import type { Message } from "./message";

/** Where an own act stands. `stored` is said of the newest own message only. */
export type Standing = "stored" | "waiting" | "sending" | "refused";

export interface Row {
  readonly key: string;
  readonly message: Message;
  readonly mine: boolean;
  /** Same author as the row before, shortly after: no name, no avatar. */
  readonly continues: boolean;
  /** The first of its day. */
  readonly newDay: boolean;
  /** The unread line stands above it. */
  readonly firstUnread: boolean;
  readonly standing: Standing | null;
  /** Why it was refused; with standing `refused`. */
  readonly why?: string;
}

/** An own message that is not among the records: under way, or refused. */
export interface Unstored {
  readonly id: string;
  readonly message: Message;
  readonly standing: Exclude<Standing, "stored">;
  readonly why?: string;
}

export interface RowsInput {
  readonly messages: readonly Message[];
  readonly unstored: readonly Unstored[];
  readonly you: readonly string[];
  /** Number of the last message read, while the unread line is shown. */
  readonly readUpTo: number | null;
  /** The message whose storing is confirmed in words, if any. */
  readonly confirmed: string | null;
  /** Changes of words under way: message id → standing. */
  readonly editsUnderWay: ReadonlyMap<string, Exclude<Standing, "stored">>;
  readonly dayKey: (at: number) => string;
  /** The message just before the first one, when it is loaded but not shown. */
  readonly before?: Message | undefined;
  /** Nothing at all comes before the first one. Else its day may have begun earlier, so no day is named above it yet. */
  readonly fromStart: boolean;
}

const TOGETHER_MS = 5 * 60_000;

export function rowsOf(input: RowsInput): Row[] {
  const rows: Row[] = [];
  let previous = input.before;
  let unreadShown = previous !== undefined && isUnread(previous, input);
  for (const message of input.messages) {
    const mine = input.you.includes(message.by);
    const firstUnread = !unreadShown && !mine && isUnread(message, input);
    unreadShown ||= firstUnread;
    const standing = input.editsUnderWay.get(message.id) ?? (message.id === input.confirmed ? "stored" : null);
    rows.push({ key: message.id, message, mine, standing, firstUnread, ...placeAfter(previous, message, firstUnread, input) });
    previous = message;
  }
  for (const { id, message, standing, why } of input.unstored) {
    const row = { key: `own:${id}`, message, mine: true, standing, firstUnread: false, ...placeAfter(previous, message, false, input) };
    rows.push(why === undefined ? row : { ...row, why });
    previous = message;
  }
  return rows;
}

function isUnread(message: Message, input: RowsInput): boolean {
  return input.readUpTo !== null && message.n > input.readUpTo;
}

function placeAfter(previous: Message | undefined, message: Message, firstUnread: boolean, input: RowsInput) {
  const newDay = previous === undefined ? input.fromStart : input.dayKey(previous.at) !== input.dayKey(message.at);
  const continues =
    !newDay &&
    !firstUnread &&
    !message.replyTo &&
    !message.removed &&
    previous !== undefined &&
    !previous.removed &&
    previous.by === message.by &&
    previous.name === message.name &&
    message.at - previous.at < TOGETHER_MS;
  return { newDay, continues };
}
