// A room as the page sees it: the core's state, read only, and what one may do there.
import type { Changed, Outcome, Pending, Presence, Refusal, Room, Whispers } from "./api";
import type { Core } from "./core";
import { newId } from "./id";
import type { Item } from "./outbox";
import type { RoomState } from "./room";
import { safely } from "./safely";
import type { Command, Rec, Role, Scalar, State } from "./wire";

/** What a room needs of the connection. */
export interface Hands {
  run<T>(act: (core: Core, now: number) => T): T;
  outcomeOf(id: string): Promise<Outcome>;
}

export class LiveRoom implements Room {
  readonly #state: RoomState;
  readonly #hands: Hands;
  readonly #listeners = new Set<(changed: Changed) => void>();
  #pages: ((came: boolean) => void)[] = [];
  #items: readonly Item[] = [];
  #pending: readonly Pending[] = [];

  constructor(state: RoomState, hands: Hands) {
    this.#state = state;
    this.#hands = hands;
  }

  get id(): string {
    return this.#state.id;
  }
  get kind(): string {
    return this.#state.kind;
  }
  get seq(): number {
    return this.#state.seq;
  }
  get oldest(): number {
    return this.#state.oldest;
  }
  get joined(): boolean {
    return this.#state.joined;
  }
  get refused(): Refusal | undefined {
    return this.#state.refused;
  }
  get role(): Role {
    return this.#state.role;
  }
  get you(): readonly string[] {
    return this.#state.you;
  }
  get state(): State {
    return this.#state.state;
  }
  get records(): ReadonlyMap<string, Rec> {
    return this.#state.records;
  }
  get presence(): Presence {
    return this.#state.presence;
  }
  get whispers(): Whispers {
    return this.#state.heard.whispers;
  }
  get more(): boolean {
    return this.#state.more;
  }

  get pending(): readonly Pending[] {
    const { items } = this.#state.outbox;
    if (items !== this.#items) {
      this.#items = items;
      this.#pending = items.map(({ id, cmd, at, sent }) => ({ id, cmd, at, sent, outcome: this.#hands.outcomeOf(id) }));
    }
    return this.#pending;
  }

  readonly may = (tag: string): boolean => this.#state.may(tag);

  do(cmd: Command): { id: string; outcome: Promise<Outcome> } {
    const id = newId();
    const outcome = this.#hands.outcomeOf(id);
    this.#hands.run((core, now) => core.do(this.#state, id, cmd, now));
    return { id, outcome };
  }

  page(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#pages.push(resolve);
      this.#hands.run((core) => core.page(this.#state));
    });
  }

  whisper(name: string, data: Readonly<Record<string, Scalar>>): void {
    this.#hands.run((core, now) => core.whisper(this.#state, name, data, now));
  }

  subscribe(fn: (changed: Changed) => void): () => void {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  leave(): void {
    this.#hands.run((core) => core.leave(this.#state));
  }

  /** The core's word that something changed. */
  changed(changed: Changed): void {
    for (const listener of this.#listeners) safely(() => listener(changed));
  }

  /** The core's word on the page that was asked for. */
  paged(came: boolean): void {
    const pages = this.#pages;
    this.#pages = [];
    for (const resolve of pages) resolve(came);
  }
}
