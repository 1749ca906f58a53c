/**
 * A Q&A room as a screen shows it. The room's records and nothing else: what this browser keeps of somebody's own questions, who may
 * be its owner, has no place in a hall.
 */
import type { Changed, Kring, Room } from "../../sync";
import { NOTHING, ranked, sameButVotes, STILL_MS, type View, viewOf } from "./view";

/** Votes show at most twice a second. */
const CALM_MS = 500;

export class LiveScreen {
  /** The room has been shown at least once. */
  known = $state(false);
  joined = $state(false);
  closed = $state(false);
  view = $state.raw<View>(NOTHING);

  readonly #room: Room;
  readonly #stop: () => void;
  #movedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(kring: Kring, id: string) {
    this.#room = kring.join(id);
    this.#stop = this.#room.subscribe((changed) => this.#take(changed));
    this.#take("all");
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#stop();
    this.#room.leave();
  }

  #take(changed: Changed): void {
    const room = this.#room;
    this.joined = room.joined;
    this.known ||= room.joined;
    if (!room.joined) return; // what was shown last stays
    this.closed = room.state === "closed";
    if (changed !== "all" && changed.size === 0) return;
    if (sameButVotes(this.view, viewOf(room.records))) this.#later(CALM_MS);
    else this.#show();
  }

  #later(ms: number): void {
    this.#timer ??= setTimeout(() => this.#show(), ms);
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const wait = this.#movedAt + STILL_MS - Date.now();
    const { view, moved } = ranked(this.view, viewOf(this.#room.records), wait <= 0);
    if (wait <= 0) this.#movedAt = Date.now();
    this.view = view;
    if (moved) this.#later(Math.max(CALM_MS, wait));
  }
}
