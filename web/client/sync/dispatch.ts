// How commands leave and what becomes of them: oldest first in each room, so many at a time, until done or refused (C2).
import type { Outcome, Refusal } from "./api";
import type { Effects } from "./effects";
import { backoff } from "./link";
import { asDo, waiting, type Kept } from "./outbox";
import type { RoomState } from "./room";
import type { Command } from "./wire";
import { LIMITS } from "./wire";

/** Commands that may wait in one room. */
export const OUTBOX = 500;
/** What a `do` needs around its command. */
const ENVELOPE_BYTES = 512;

export class Dispatch {
  inFlight: number = LIMITS.in_flight;
  /** Ids on their way on this socket, over all rooms. */
  readonly #flying = new Set<string>();
  readonly #effects: Effects;
  readonly #random: () => number;

  constructor(effects: Effects, random: () => number) {
    this.#effects = effects;
    this.#random = random;
  }

  /** Take a command on, or settle it at once when it can never be sent. */
  add(room: RoomState, id: string, cmd: Command, now: number): void {
    const reason = obstacle(room, cmd);
    if (reason) {
      this.#effects.add({ do: "settle", id, outcome: { done: false, ...locally(reason) } });
      return;
    }
    const made = room.who === undefined ? undefined : { seq: room.seq, mark: room.mark };
    room.outbox.add(waiting(id, cmd, now, made));
    if (made) this.#keep(room, { id, cmd, at: now, ...made });
    this.#effects.tell(room);
  }

  /** The room is joined as this person; what another one wrote here is not sent in their name, but stays in the storage. */
  joined(room: RoomState): void {
    const who = room.you.join(" ");
    if (room.who !== undefined && room.who !== who) {
      this.#drop(room, "someone_else");
      room.restored = false;
    }
    room.who = who;
    for (const kept of room.outbox.place(room.seq, room.mark)) this.#keep(room, kept);
    if (!room.restored) this.#effects.add({ do: "restore", room, who });
  }

  restored(room: RoomState, kept: readonly Kept[]): void {
    room.restored = true;
    room.outbox.restore(kept);
    this.#effects.tell(room);
  }

  /** Send what may go. */
  pump(rooms: Iterable<RoomState>, now: number): void {
    for (const room of rooms) {
      while (room.joined && room.restored && this.#flying.size < this.inFlight) {
        const item = room.outbox.next(now);
        if (!item) break;
        room.outbox.sent(item.id);
        this.#flying.add(item.id);
        this.#effects.send(asDo(room.id, item));
        this.#effects.tell(room);
      }
    }
  }

  /** Done, or refused for good. */
  settled(room: RoomState, ids: readonly string[], outcome: Outcome): void {
    const settled = this.#remove(room, ids, outcome);
    if (settled.length === 0) return;
    if (room.who !== undefined) this.#effects.add({ do: "forget", room, who: room.who, ids: settled });
    if (!room.outbox.inDoubt) this.#effects.holdNoLonger();
  }

  /** The outcome is unknown: the same again, from the answered instant on. */
  again(room: RoomState, id: string, now: number, waitMs: number | undefined): number {
    this.#flying.delete(id);
    const at = now + (waitMs ?? backoff(room.outbox.get(id)?.tries ?? 0, 0, this.#random));
    room.outbox.again(id, at);
    this.#effects.tell(room);
    return at;
  }

  /** The room is followed no longer. */
  abandoned(room: RoomState): void {
    this.#drop(room, "left");
  }

  /** The socket is gone: nothing is on its way. */
  cut(): void {
    this.#flying.clear();
  }

  #drop(room: RoomState, reason: Refusal["reason"]): void {
    const ids = room.outbox.items.map(({ id }) => id);
    this.#remove(room, ids, { done: false, ...locally(reason) });
  }

  #remove(room: RoomState, ids: readonly string[], outcome: Outcome): string[] {
    const removed = room.outbox.remove(ids).map(({ id }) => id);
    for (const id of ids) this.#flying.delete(id);
    for (const id of removed) this.#effects.add({ do: "settle", id, outcome });
    if (removed.length > 0) this.#effects.tell(room);
    return removed;
  }

  #keep(room: RoomState, kept: Kept): void {
    if (room.who !== undefined) this.#effects.add({ do: "keep", room, who: room.who, kept });
  }
}

function obstacle(room: RoomState, cmd: Command): "left" | "busy" | "invalid" | undefined {
  if (room.left) return "left";
  if (room.outbox.items.length >= OUTBOX) return "busy";
  const bytes = new TextEncoder().encode(JSON.stringify(cmd)).length;
  return bytes > LIMITS.message_bytes - ENVELOPE_BYTES ? "invalid" : undefined;
}

const locally = (reason: Refusal["reason"]): Refusal => ({ reason, text: "", facts: {} });
