// One room as the server tells it: messages in, records out. Nothing here sends.
import type { Presence, Refusal } from "./api";
import { Heard, Telling } from "./awareness";
import { Outbox } from "./outbox";
import type { Change, Joined, Paged, Presence as PresenceMessage, Rec, Records, Role, State } from "./wire";
import { LIMITS } from "./wire";

export class RoomState {
  readonly id: string;
  kind = "";
  seq = 0;
  mark = "";
  eyes = "";
  oldest = 0;
  more = false;
  joined = false;
  left = false;
  refused: Refusal | undefined;
  role: Role = "guest";
  you: readonly string[] = [];
  presence: Presence = { count: 0, people: new Map() };
  readonly records = new Map<string, Rec>();
  readonly outbox = new Outbox();
  readonly heard = new Heard();
  readonly telling = new Telling();
  /** Whose commands are in the outbox: the actors of the last join; undefined before the first. */
  who: string | undefined;
  /** What a reload left behind of this person is in the outbox. */
  restored = false;
  /** The id of the join that was asked. */
  joining: string | undefined;
  /** A page is wanted; its id once it is asked. */
  paging: { id?: string; before?: number } | undefined;
  #may: Joined["may"] = {};

  constructor(id: string) {
    this.id = id;
  }

  get state(): State {
    const room = this.records.get("room");
    return room?.t === "room" ? room.state : "planned";
  }

  may(tag: string): boolean {
    return this.#may[this.state]?.includes(tag) ?? false;
  }

  /** An answer to our join, or the whole room unasked because our role or the journal changed. */
  expects(message: Joined): boolean {
    return message.id === this.joining || (this.joined && message.full);
  }

  /** The ids that changed, or "all". */
  takeJoined(message: Joined): Set<string> | "all" {
    if (message.full) {
      this.records.clear();
      this.oldest = message.oldest;
      this.more = message.oldest > 1;
    }
    const changed = this.#merge(message.put, message.gone);
    this.kind = message.kind;
    this.seq = message.seq;
    this.mark = message.mark;
    this.eyes = message.eyes;
    this.role = message.role;
    this.you = message.you;
    this.#may = message.may;
    this.joined = true;
    this.joining = undefined;
    this.refused = undefined;
    this.presence = { count: message.presence.count, people: new Map(Object.entries(message.presence.put ?? {})) };
    return message.full ? "all" : changed;
  }

  /** Only a change with a `seq` moves our position; the others are parts of one that is still to come. */
  takeChange(message: Change): Set<string> {
    const changed = this.#merge(message.put ?? {}, message.gone ?? []);
    if (message.seq !== undefined) {
      this.seq = message.seq;
      this.mark = message.mark ?? this.mark;
    }
    return changed;
  }

  /** The answer to the page we asked for: a hundred numbers, of which we are perhaps not shown all. */
  takePaged(message: Paged): Set<string> {
    const before = this.paging?.before ?? this.oldest;
    const numbers = Object.values(message.put).map((record) => ("n" in record ? record.n : before));
    this.oldest = message.more ? Math.min(before - LIMITS.page, ...numbers) : 0;
    this.more = message.more && this.oldest > 1;
    this.paging = undefined;
    return this.#merge(message.put, []);
  }

  takePresence(message: PresenceMessage): void {
    const gone = message.gone ?? [];
    const people = new Map(message.whole ? [] : this.presence.people);
    for (const actor of gone) people.delete(actor);
    for (const [actor, person] of Object.entries(message.put ?? {})) people.set(actor, person);
    this.presence = { count: message.count, people };
    this.heard.gone(gone);
  }

  /** The connection is gone. */
  cut(): void {
    this.joined = false;
    this.joining = undefined;
    this.outbox.unsent();
    this.telling.forget();
    if (this.paging) this.paging = {};
  }

  #merge(put: Records, gone: readonly string[]): Set<string> {
    for (const id of gone) this.records.delete(id);
    for (const [id, record] of Object.entries(put)) this.records.set(id, record);
    return new Set([...gone, ...Object.keys(put)]);
  }
}
