/** Messages as the page handles them, and what own commands that are not done yet make of them. Pure. */
import { type Command, MOST_CHARACTERS as MOST, type Rec } from "../../sync";
import type { ChatMessage, ChatReaction, ChatReference } from "../../sync/wire";

export type Reaction = ChatReaction;
export type Reference = ChatReference;
export const REACTIONS: readonly Reaction[] = ["thanks", "agree", "helps", "laugh"];
/** In code points, as the server counts. */
export const MOST_CHARACTERS = MOST["chat.post"].text;

/** A message of the room, with what the wire leaves out when it is nothing. */
export interface Message {
  readonly id: string;
  readonly n: number;
  readonly at: number;
  readonly by: string;
  readonly name: string;
  readonly text: string;
  readonly staff: boolean;
  readonly replyTo: Reference | null;
  readonly edited: boolean;
  readonly reactions: NonNullable<ChatMessage["reactions"]>;
  readonly pinned: boolean;
  readonly saved: boolean;
  readonly removed: boolean;
}

/** The message that a record is; undefined for a record of another type. */
export function messageOf(id: string, record: Rec | undefined): Message | undefined {
  if (record?.t !== "chat.message") return undefined;
  const { n, at, by, name, text, staff = false, pinned = false, saved = false, removed = false, reactions = {} } = record;
  const replyTo = record.reply_to ?? null;
  return { id, n, at, by, name, text, staff, replyTo, edited: record.edited_at !== undefined, reactions, pinned, saved, removed };
}

/** The message as it will be once `commands`, own and not done yet, are: undefined when it will be gone. */
export function foreseen(message: Message, commands: readonly Command[], me: string): Message | undefined {
  let now: Message = message;
  for (const command of commands) {
    switch (command.t) {
      case "chat.edit":
        now = { ...now, text: command.text };
        break;
      case "chat.delete":
        return undefined;
      case "chat.react":
        now = { ...now, reactions: reacted(now.reactions, command.reaction, me, command.on) };
        break;
      case "chat.remove":
        now = { ...now, removed: true, text: "", reactions: {}, pinned: false, saved: false };
        break;
      case "chat.pin":
        now = { ...now, pinned: command.on };
        break;
      case "chat.save":
        now = { ...now, saved: command.on };
    }
  }
  return now;
}

function reacted(reactions: Message["reactions"], reaction: Reaction, me: string, on: boolean): Message["reactions"] {
  const others = (reactions[reaction] ?? []).filter((actor) => actor !== me);
  const who = on ? [...others, me] : others;
  const { [reaction]: _, ...rest } = reactions;
  return who.length > 0 ? { ...rest, [reaction]: who } : rest;
}

/** Characters as the server counts them: code points. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The first words, on one line. */
export function excerpt(text: string, most = 140): string {
  const line = text.replace(/\s+/g, " ").trim();
  const letters = [...line];
  return letters.length <= most ? line : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}
