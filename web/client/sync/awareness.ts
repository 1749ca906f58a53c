// Whispers: what others are doing just now, and what we tell them of us. Nothing here is kept.
import type { Whispers } from "./api";
import type { Scalar } from "./wire";

type Data = Readonly<Record<string, Scalar>>;

const FADES_MS = 8_000;
const PAUSE_MS = 100;
const REFRESH_MS = 3_000;

/** What was heard of others; what isn't heard again within 8 s is over. */
export class Heard {
  /** name → actor → data; a new map at every change */
  whispers: Whispers = new Map();
  readonly #until = new Map<string, number>();

  take(name: string, by: string, data: Data, now: number): void {
    const over = Object.keys(data).length === 0;
    if (over) this.#until.delete(key(name, by));
    else this.#until.set(key(name, by), now + FADES_MS);
    this.#put(name, by, over ? undefined : data);
  }

  /** Whether anything was over. */
  fade(now: number): boolean {
    return this.#drop((_, until) => until <= now);
  }

  /** These people left. */
  gone(actors: readonly string[]): void {
    this.#drop((by) => actors.includes(by));
  }

  wakeAt(): number {
    return Math.min(...this.#until.values());
  }

  #drop(over: (by: string, until: number) => boolean): boolean {
    let dropped = false;
    for (const [name, actors] of this.whispers) {
      for (const by of actors.keys()) {
        if (!over(by, this.#until.get(key(name, by)) ?? 0)) continue;
        this.#until.delete(key(name, by));
        this.#put(name, by, undefined);
        dropped = true;
      }
    }
    return dropped;
  }

  #put(name: string, by: string, data: Data | undefined): void {
    const actors = new Map(this.whispers.get(name));
    if (data) actors.set(by, data);
    else actors.delete(by);
    const all = new Map(this.whispers);
    if (actors.size > 0) all.set(name, actors);
    else all.delete(name);
    this.whispers = all;
  }
}

const key = (name: string, by: string): string => `${name} ${by}`;

interface Told {
  text: string;
  at: number;
  next?: Data;
}

/** What we tell: per name the latest wins, ten times a second at most, and nothing twice within 3 s. */
export class Telling {
  readonly #told = new Map<string, Told>();

  /** What to send now, if anything; the rest comes due. */
  say(name: string, data: Data, now: number): Data | undefined {
    const told = this.#told.get(name);
    if (!told) return this.#send(name, data, now);
    delete told.next;
    if (told.text === JSON.stringify(data) && now - told.at < REFRESH_MS) return undefined;
    if (now - told.at >= PAUSE_MS) return this.#send(name, data, now);
    told.next = data;
    return undefined;
  }

  due(now: number): [name: string, data: Data][] {
    const due: [string, Data][] = [];
    for (const [name, told] of this.#told) {
      if (told.next && now - told.at >= PAUSE_MS) due.push([name, this.#send(name, told.next, now)]);
    }
    return due;
  }

  wakeAt(): number {
    return Math.min(...[...this.#told.values()].map((told) => (told.next ? told.at + PAUSE_MS : Infinity)));
  }

  /** The connection is gone, and with it what the others knew. */
  forget(): void {
    this.#told.clear();
  }

  #send(name: string, data: Data, now: number): Data {
    this.#told.set(name, { text: JSON.stringify(data), at: now });
    return data;
  }
}
