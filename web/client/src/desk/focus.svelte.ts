/** Which question the moderator is at. The focus itself is in the page; when what has it goes away, it goes to what stands there next. */
import { tick } from "svelte";
import { type Lane, LANES, neighbour } from "./lists";

/** A list, or the place of what is on stage. */
export type Place = Lane | "now";

interface At {
  readonly place: Place;
  readonly id: string;
  readonly index: number;
}

const CLICK_MS = 500;

export class Focus {
  /** Where the moderator is; null: not at a question. */
  at = $state.raw<At | null>(null);
  /** Per list the question where Tab comes in: the one that was last at hand. */
  stops = $state<Partial<Record<Place, string>>>({});
  root: HTMLElement | undefined;

  /** While a pointer presses, nothing changes: what opened or closed would move what is pressed. Where to, when it is over. */
  #pressing = false;
  #next: At | null | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly focused = (event: FocusEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || target.closest("dialog")) return;
    const card = target.closest<HTMLElement>("[data-card]");
    const place = placeOf(card);
    const id = card?.dataset["card"];
    this.#next = place && id ? { place, id, index: this.#ids(place).indexOf(id) } : null;
    if (!this.#pressing) this.#settle();
  };

  readonly pressed = (): void => {
    this.#settle();
    this.#pressing = true;
  };

  /** A click comes with it, mostly; not when words were selected. */
  readonly released = (): void => {
    this.#timer = setTimeout(() => this.#settle(), CLICK_MS);
  };

  /** A click beside everything: nothing is at hand any more. */
  readonly clicked = (event: MouseEvent): void => {
    if (event.target instanceof Element && !event.target.closest("[data-card], button, a, dialog")) this.#next = null;
    this.#settle();
  };

  #settle(): void {
    clearTimeout(this.#timer);
    this.#pressing = false;
    const next = this.#next;
    this.#next = undefined;
    if (next === undefined) return;
    if (next) this.stops[next.place] = next.id;
    this.at = next;
  }

  /** One question on or back, over the end of a list into the next. */
  move(by: 1 | -1): void {
    const cards = this.#cards();
    const now = cards.findIndex((card) => this.at !== null && card.dataset["card"] === this.at.id && placeOf(card) === this.at.place);
    const next = now === -1 ? cards.find((card) => placeOf(card) !== "now") ?? cards[0] : cards[now + by];
    bring(next);
  }

  /** To the list beside this one that has something in it. */
  aside(by: 1 | -1): void {
    const from = this.at && this.at.place !== "now" ? LANES.indexOf(this.at.place) : -1;
    for (let to = from + by; to >= 0 && to < LANES.length; to += by) {
      const place = LANES[to];
      if (place && this.#cards(place).length > 0) return this.enter(place);
    }
  }

  edge(which: "first" | "last"): void {
    if (this.at) bring(this.#cards(this.at.place).at(which === "first" ? 0 : -1));
  }

  /** To where one last was in that list; to its head when it is empty. */
  enter(place: Place): void {
    const cards = this.#cards(place);
    bring(cards.find((card) => card.dataset["card"] === this.stops[place]) ?? cards[0] ?? this.#head(place));
  }

  /** To that question, wherever it stands; false: it stands nowhere in sight. */
  to(id: string): boolean {
    return bring(this.#cards().find((card) => card.dataset["card"] === id));
  }

  /** After the page has changed: the focus is never lost. */
  async keep(): Promise<void> {
    await tick();
    const { at } = this;
    const active = document.activeElement;
    if (!at || (active && active !== document.body) || document.querySelector("dialog[open]")) return;
    const ids = this.#ids(at.place);
    const id = ids.includes(at.id) ? at.id : neighbour(ids, at.index);
    bring(this.#cards(at.place).find((card) => card.dataset["card"] === id) ?? this.#head(at.place));
  }

  #cards(place?: Place): HTMLElement[] {
    const found = this.root?.querySelectorAll<HTMLElement>(`${place ? `[data-place="${place}"] ` : ""}[data-card]`) ?? [];
    return [...found].filter((card) => card.checkVisibility());
  }

  #ids(place: Place): string[] {
    return this.#cards(place).map((card) => card.dataset["card"] ?? "");
  }

  #head(place: Place): HTMLElement | undefined {
    return this.root?.querySelector<HTMLElement>(`[data-place="${place}"] [data-head]`) ?? undefined;
  }
}

function bring(element: HTMLElement | undefined): boolean {
  element?.focus({ preventScroll: true });
  void tick().then(() => element?.scrollIntoView({ block: "nearest" })); // its acts have come by then
  return element !== undefined;
}

function placeOf(card: Element | null): Place | undefined {
  const name = card?.closest<HTMLElement>("[data-place]")?.dataset["place"];
  return name === "now" ? "now" : LANES.find((lane) => lane === name);
}
