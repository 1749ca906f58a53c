/** The cards of a long column that are near the view, with room for the others: a thousand are as quick as twenty. */
import { near } from "./near";

/** So many are all drawn, so that everything can be reached and found without scrolling. */
const MOST = 40;
/** Drawn beyond each edge, so that nobody sees them come; and how far one scrolls before others are. */
const MARGIN_PX = 600;
const STEP_PX = 200;
/** A card that was never drawn, until others tell how high they are. */
const GUESS_PX = 112;

export class Nearby<C extends { readonly id: string }> {
  #view = $state.raw({ top: 0, bottom: 1_600 });
  #measured = $state(0);
  /** The card that has the focus: it stays drawn, however far one scrolls. */
  #held = $state.raw<string | null>(null);
  readonly #heights = new Map<string, number>();
  readonly #sizes = new ResizeObserver((entries) => this.#measure(entries));

  constructor(readonly cards: () => readonly C[]) {}

  readonly #near = $derived.by(() => {
    const cards = this.cards();
    if (cards.length <= MOST) return { from: 0, to: cards.length, above: 0, below: 0 };
    void this.#measured;
    const guess = this.#mean();
    const heights = cards.map(({ id }) => this.#heights.get(id) ?? guess);
    const held = this.#held === null ? -1 : cards.findIndex(({ id }) => id === this.#held);
    return near(heights, this.#view.top, this.#view.bottom, held);
  });

  readonly drawn = $derived.by(() => this.cards().slice(this.#near.from, this.#near.to));

  /** Some are not drawn. */
  readonly some = $derived.by(() => this.cards().length > MOST);

  get from(): number {
    return this.#near.from;
  }

  /** Draws this one too, wherever it is, until something in the list gets the focus. */
  hold(id: string): void {
    this.#held = id;
  }

  get room(): string {
    return `${this.#near.above}px ${this.#near.below}px`;
  }

  /** Attached to the list. */
  readonly watch = (list: HTMLElement): (() => void) => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const { top, bottom } = list.parentElement?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
      const start = list.getBoundingClientRect().top;
      this.#see(Math.max(0, top) - start, Math.min(innerHeight, bottom) - start);
    };
    const soon = () => (frame ||= requestAnimationFrame(look));
    const resized = new ResizeObserver(soon);
    resized.observe(list);
    if (list.parentElement) resized.observe(list.parentElement);
    // Afterwards: what is taken off the page loses the focus while the page is being changed.
    const turned = () => queueMicrotask(() => (this.#held = cardIn(list, document.activeElement)));
    list.addEventListener("focusin", turned);
    list.addEventListener("focusout", turned);
    document.addEventListener("scroll", soon, { capture: true, passive: true });
    window.addEventListener("resize", soon);
    return () => {
      cancelAnimationFrame(frame);
      resized.disconnect();
      list.removeEventListener("focusin", turned);
      list.removeEventListener("focusout", turned);
      document.removeEventListener("scroll", soon, { capture: true });
      window.removeEventListener("resize", soon);
    };
  };

  /** Attached to each card. */
  readonly measure = (card: HTMLElement): (() => void) => {
    this.#sizes.observe(card);
    return () => this.#sizes.unobserve(card);
  };

  #see(top: number, bottom: number): void {
    const view = { top: Math.floor(top / STEP_PX) * STEP_PX - MARGIN_PX, bottom: Math.ceil(bottom / STEP_PX) * STEP_PX + MARGIN_PX };
    if (view.top !== this.#view.top || view.bottom !== this.#view.bottom) this.#view = view;
  }

  #measure(entries: readonly ResizeObserverEntry[]): void {
    let news = false;
    for (const { target, borderBoxSize } of entries) {
      const id = (target as HTMLElement).dataset["card"];
      const height = borderBoxSize[0]?.blockSize ?? 0;
      if (!id || height === 0 || this.#heights.get(id) === height) continue;
      this.#heights.set(id, height);
      news = true;
    }
    if (news) this.#measured += 1;
  }

  #mean(): number {
    if (this.#heights.size === 0) return GUESS_PX;
    return [...this.#heights.values()].reduce((sum, height) => sum + height, 0) / this.#heights.size;
  }
}

/** Which card of the list something is in, itself or by its group. */
function cardIn(list: HTMLElement, target: EventTarget | null): string | null {
  for (const card of list.children) if (card instanceof HTMLElement && target instanceof Node && card.contains(target)) return card.dataset["card"] ?? null;
  return null;
}
