/** Telling the others that one is typing: at once, then at most every three seconds, and when it stops. */
const EVERY_MS = 3_000;
const STOPPED_MS = 5_000;

export class Typing {
  #last = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly tell: (data: { on?: true }) => void,
    readonly now: () => number = Date.now,
  ) {}

  typed(text: string): void {
    if (text.trim() === "") return this.stop();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), STOPPED_MS);
    if (this.now() - this.#last < EVERY_MS) return;
    this.#last = this.now();
    this.tell({ on: true });
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#last === -Infinity) return;
    this.#last = -Infinity;
    this.tell({});
  }
}

export interface Typists {
  readonly names: readonly string[];
  /** How many more. */
  readonly others: number;
}

const NAMED = 3;

/** Who types, you left out. The server sends one `count`, of nobody by name, when there are more than five. */
export function typists(
  whispers: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  you: readonly string[],
  nameOf: (actor: string) => string | undefined,
): Typists {
  const counted = whispers.get("")?.["count"];
  if (typeof counted === "number" && counted > 0) return { names: [], others: counted };
  const actors = [...whispers].filter(([actor, data]) => actor !== "" && data["on"] === true && !you.includes(actor));
  const names = actors.map(([actor]) => nameOf(actor)).filter((name) => name !== undefined).slice(0, NAMED);
  return { names, others: actors.length - names.length };
}
