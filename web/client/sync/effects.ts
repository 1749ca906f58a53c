// What the core wants done, and how its parts say so.
import type { Changed, Outcome, Status } from "./api";
import type { Kept } from "./outbox";
import type { RoomState } from "./room";
import type { ClientMessage } from "./wire";

export type Effect =
  | { readonly do: "open" | "shut" }
  | { readonly do: "send"; readonly text: string }
  /** Give back (`Core.restored`) what a reload left of this person's commands. */
  | { readonly do: "restore"; readonly room: RoomState; readonly who: string }
  | { readonly do: "keep"; readonly room: RoomState; readonly who: string; readonly kept: Kept }
  | { readonly do: "forget"; readonly room: RoomState; readonly who: string; readonly ids: readonly string[] }
  | { readonly do: "settle"; readonly id: string; readonly outcome: Outcome }
  | { readonly do: "paged"; readonly room: RoomState; readonly came: boolean }
  | { readonly do: "changed"; readonly room: RoomState; readonly changed: Changed }
  | { readonly do: "status"; readonly status: Status };

/** Collects effects until they are taken; what changed in a room is told once, after everything else. */
export class Effects {
  /** When what is held back is told. */
  tellAt = Infinity;
  #out: Effect[] = [];
  readonly #changed = new Map<RoomState, Set<string> | "all">();

  add(effect: Effect): void {
    this.#out.push(effect);
  }

  send(message: ClientMessage): void {
    this.add({ do: "send", text: JSON.stringify(message) });
  }

  tell(room: RoomState, changed: Changed = new Set()): void {
    const before = this.#changed.get(room) ?? new Set();
    if (changed === "all" || before === "all") this.#changed.set(room, "all");
    else {
      for (const id of changed) before.add(id);
      this.#changed.set(room, before);
    }
  }

  /** Tell a change together with the `done` that follows it: nobody sees a message twice, as pending and as stored. */
  holdBack(until: number): void {
    this.tellAt = Math.min(this.tellAt, until);
  }

  holdNoLonger(): void {
    this.tellAt = Infinity;
  }

  /** Everything since the last time, in order. */
  take(status: Status | undefined): Effect[] {
    const out = this.#out;
    this.#out = [];
    if (this.tellAt === Infinity) {
      for (const [room, changed] of this.#changed) out.push({ do: "changed", room, changed });
      this.#changed.clear();
    }
    if (status) out.push({ do: "status", status });
    return out;
  }
}
