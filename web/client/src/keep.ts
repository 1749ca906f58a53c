/** What this browser remembers. Where storage is refused (private windows, blocked cookies) the page works all the same, and forgets on reload. */
export interface Keep {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** Forget every key that begins with one of these. */
  forget(...prefixes: string[]): void;
}

/** `storage` null: memory only. */
export function keepIn(storage: Storage | null): Keep {
  const memory = new Map<string, string>();
  const attempt = <T>(act: (storage: Storage) => T): T | null => {
    try {
      return storage ? act(storage) : null;
    } catch {
      return null; // refused or full: memory has it
    }
  };
  const remove = (key: string) => {
    memory.delete(key);
    attempt((s) => s.removeItem(key));
  };
  return {
    get: (key) => memory.get(key) ?? attempt((s) => s.getItem(key)),
    set(key, value) {
      memory.set(key, value);
      attempt((s) => s.setItem(key, value));
    },
    remove,
    forget(...prefixes) {
      const stored = attempt((s) => Array.from({ length: s.length }, (_, i) => s.key(i) ?? "")) ?? [];
      for (const key of new Set([...memory.keys(), ...stored])) if (prefixes.some((p) => key.startsWith(p))) remove(key);
    },
  };
}

/** The browser's own storage, or null where even asking for it is refused. */
export function browserStorage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

export const keep: Keep = keepIn(browserStorage());
