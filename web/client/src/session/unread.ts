/** How many messages of the chat somebody has not read who is looking at something else. */
import { keptNumber, unreadCount } from "../chat/reading";
import { keep } from "../keep";
import type { Here } from "./here.svelte";

export class Unread {
  #newestAtFirst: number | null = null;

  constructor(readonly here: () => Here) {}

  get count(): number {
    const { chat, place } = this.here();
    return place === "chat" ? 0 : unreadCount(chat.messages, keptNumber(keep.get(`kring.read.${chat.id}`)) ?? this.#firstSeen(), chat.you);
  }

  /** Who comes in has read nothing and missed nothing. */
  #firstSeen(): number {
    const { chat } = this.here();
    if (this.#newestAtFirst === null && chat.known) this.#newestAtFirst = chat.messages.at(-1)?.n ?? 0;
    return this.#newestAtFirst ?? Number.MAX_SAFE_INTEGER;
  }
}
