// Where commands wait over a reload: one entry per room, in it the commands of each person who used this browser.
import type { Storage } from "./api";
import type { Kept } from "./outbox";

const KEY = "kring.outbox.";
const FORGOTTEN_MS = 7 * 24 * 3_600_000;

type Drawers = Record<string, Kept[]>;

/**
 * Reads what is there and writes it back at every change, so that several tabs share one entry. A storage that is absent, full or
 * forbidden costs nothing but the memory over a reload: the outbox itself has every command.
 */
export class Drawer {
  readonly #storage: Storage | null;

  constructor(storage: Storage | null) {
    this.#storage = storage;
  }

  /** This person's commands in the order they were made. */
  kept(room: string, who: string): Kept[] {
    return this.#read(room)[who] ?? [];
  }

  keep(room: string, who: string, kept: Kept): void {
    const drawers = this.#read(room);
    drawers[who] = [...(drawers[who] ?? []).filter(({ id }) => id !== kept.id), kept];
    this.#write(room, fresh(drawers, kept.at));
  }

  forget(room: string, who: string, ids: readonly string[]): void {
    const drawers = this.#read(room);
    drawers[who] = (drawers[who] ?? []).filter(({ id }) => !ids.includes(id));
    this.#write(room, drawers);
  }

  #read(room: string): Drawers {
    try {
      const found: unknown = JSON.parse(this.#storage?.getItem(KEY + room) ?? "{}");
      return isObject(found) ? understood(found) : {};
    } catch {
      return {};
    }
  }

  #write(room: string, drawers: Drawers): void {
    const filled = Object.entries(drawers).filter(([, kept]) => kept.length > 0);
    try {
      if (filled.length > 0) this.#storage?.setItem(KEY + room, JSON.stringify(Object.fromEntries(filled)));
      else this.#storage?.removeItem(KEY + room);
    } catch {
      // full or forbidden: the command is still in the outbox, in memory
    }
  }
}

/** Without the commands of people who didn't come back for a week. */
function fresh(drawers: Drawers, now: number): Drawers {
  return Object.fromEntries(Object.entries(drawers).filter(([, kept]) => now - (kept.at(-1)?.at ?? 0) < FORGOTTEN_MS));
}

/** Only what has the form of a command: an older version, or somebody's hand, may have written something else. */
function understood(found: Record<string, unknown>): Drawers {
  return Object.fromEntries(Object.entries(found).map(([who, kept]) => [who, Array.isArray(kept) ? kept.filter(isKept) : []]));
}

function isKept(value: unknown): value is Kept {
  if (!isObject(value)) return false;
  const { id, cmd, at, seq, mark } = value;
  const numbered = typeof at === "number" && typeof seq === "number";
  return numbered && typeof id === "string" && typeof mark === "string" && isObject(cmd) && typeof cmd["t"] === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
