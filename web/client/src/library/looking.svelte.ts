/** Looking for something in the library: what is asked, what came of it, and what is still under way. */
import type { Refusal } from "../api";
import { type Facets, type Found, library } from "./api";
import { optionsOf } from "./facets";
import { addressOf, paramsOf, type Query } from "./query";

const PAUSE_MS = 250;
const PATIENCE_MS = 300;

interface Left {
  address: string;
  found: Found;
  options: Facets;
}
/** What was found last: whoever comes back to it finds it as they left it. */
let left: Left | null = null;

export function forgetFound(): void {
  left = null;
}

export class Looking {
  query = $state.raw<Query>() as Query;
  /** The words and all that belong to what is shown. */
  asked = $state.raw<Query | null>(null);
  found = $state.raw<Found | null>(null);
  /** What can be chosen from. */
  options = $state.raw<Facets>({ type: [], tag: [], session: [], status: [] });
  trouble = $state.raw<Refusal | null>(null);
  asking = $state(false);
  /** It takes so long that one should say so. */
  slow = $state(false);
  #pause: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #abort: AbortController | undefined;

  /** `onasked`: a search is under way, so the address may say which; `onfound`: it came, or `more` of it did. */
  constructor(
    query: Query,
    readonly onasked: (query: Query) => void,
    readonly onfound: (found: Found, more: boolean) => void,
  ) {
    this.query = query;
    if (left?.address === addressOf(query)) [this.found, this.options, this.asked] = [left.found, left.options, query];
    else void this.ask();
  }

  /** While somebody types, only what they stop at is asked. */
  typed(q: string): void {
    this.query = { ...this.query, q };
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => void this.ask(), PAUSE_MS);
  }

  choose(query: Query): void {
    this.query = query;
    void this.ask();
  }

  async ask(): Promise<void> {
    clearTimeout(this.#pause);
    const query = this.query;
    this.onasked(query);
    if (this.asked && !this.trouble && !this.asking && addressOf(query) === addressOf(this.asked)) return;
    const answer = await this.#get(query, 0);
    if (!answer) return;
    const sameWords = this.asked?.q.trim() === query.q.trim();
    this.options = optionsOf(answer.facets, sameWords ? this.options : null, query);
    this.found = answer;
    this.asked = query;
    this.#keep();
    this.onfound(answer, false);
  }

  /** What comes after what is shown. */
  async more(): Promise<void> {
    if (!this.found || !this.asked) return;
    const { hits } = this.found;
    const answer = await this.#get(this.asked, hits.length);
    if (!answer) return;
    const known = new Set(hits.map(({ where, id }) => where + id));
    const fresh = answer.hits.filter(({ where, id }) => !known.has(where + id));
    this.found = { ...answer, hits: [...hits, ...fresh] };
    this.#keep();
    this.onfound(answer, true);
  }

  stop(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#patience);
    this.#abort?.abort();
  }

  #keep(): void {
    if (this.found && this.asked) left = { address: addressOf(this.asked), found: this.found, options: this.options };
  }

  /** Null where another search came in between, or where none could be done: then `trouble` says why. */
  async #get(query: Query, offset: number): Promise<Found | null> {
    this.#abort?.abort();
    clearTimeout(this.#patience);
    const { signal } = (this.#abort = new AbortController());
    this.asking = true;
    this.#patience = setTimeout(() => (this.slow = true), PATIENCE_MS);
    const answer = await library.search(paramsOf(query), offset, signal);
    if (signal.aborted) return null;
    clearTimeout(this.#patience);
    [this.asking, this.slow] = [false, false];
    this.trouble = answer.ok ? null : answer;
    return answer.ok ? answer.value : null;
  }
}

/** Where the way back to the library leads: to what was found last. */
export function lastSearch(): string {
  return left?.address ?? "/l";
}
