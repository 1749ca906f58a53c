/** Dragging cards with a mouse or a finger. While it lasts the board isn't drawn anew: a copy of the card follows the
 * pointer by a transform, and once per frame the page is asked what lies under it. */
import type { Card, Column } from "./card";
import { type Drop, dropInColumn, dropOnCard, edgeSpeed, type Part, partOf } from "./drag";

export interface Drags {
  columns(): readonly Column[];
  card(id: string): Card | undefined;
  mayMove(card: Card): boolean;
  mayGroup(): boolean;
  /** A finger rests on the switch of a column that isn't shown. */
  show(column: string): void;
  begin(card: Card): void;
  drop(card: Card, drop: Drop): void;
  /** It is over; let go nowhere or given up. */
  end(): void;
}

/** What is drawn over the board: the copy, and where it would come. */
export interface Overlay {
  readonly ghost: HTMLElement;
  readonly line: HTMLElement;
}

const MOUSE_PX = 5;
const FINGER_PX = 9;
const LONG_PRESS_MS = 350;
const REST_MS = 450;

interface Pressed {
  readonly card: Card;
  readonly element: HTMLElement;
  readonly pointer: number;
  readonly finger: boolean;
  readonly x: number;
  readonly y: number;
  readonly target: EventTarget;
  timer?: ReturnType<typeof setTimeout>;
}

export class Dragging {
  #pressed: Pressed | null = null;
  #active = false;
  #at = { x: 0, y: 0 };
  #grip = { x: 0, y: 0 };
  #frame = 0;
  #drop: Drop | null = null;
  /** What lay under the pointer in this frame: asked once. */
  #under: Element | null = null;
  #rests: { column: string; since: number } | null = null;

  constructor(
    readonly board: HTMLElement,
    readonly overlay: Overlay,
    readonly drags: Drags,
  ) {
    board.addEventListener("pointerdown", this.#down);
    board.addEventListener("contextmenu", this.#menu);
  }

  stop(): void {
    this.#finish(false);
    this.board.removeEventListener("pointerdown", this.#down);
    this.board.removeEventListener("contextmenu", this.#menu);
  }

  readonly #down = (event: PointerEvent): void => {
    const target = event.target as Element;
    const element = target.closest<HTMLElement>("[data-card]");
    const card = element?.dataset["card"] ? this.drags.card(element.dataset["card"]) : undefined;
    if (this.#pressed || event.button !== 0 || !element || !card || target.closest("button:not([data-grip]), a, input, textarea, [contenteditable]")) return;
    if (!this.drags.mayMove(card)) return;
    const finger = event.pointerType === "touch";
    this.#pressed = { card, element, pointer: event.pointerId, finger, x: event.clientX, y: event.clientY, target };
    this.#at = { x: event.clientX, y: event.clientY };
    if (finger) {
      this.#pressed.timer = setTimeout(() => this.#begin(), LONG_PRESS_MS);
      // On what was touched: it hears of the finger even when it is no longer in the page.
      target.addEventListener("touchmove", this.#hold, { passive: false });
    }
    window.addEventListener("pointermove", this.#move);
    window.addEventListener("pointerup", this.#up);
    window.addEventListener("pointercancel", this.#cancel);
    window.addEventListener("blur", this.#cancel);
    window.addEventListener("keydown", this.#key, true);
  };

  readonly #move = (event: PointerEvent): void => {
    const pressed = this.#pressed;
    if (!pressed || event.pointerId !== pressed.pointer) return;
    this.#at = { x: event.clientX, y: event.clientY };
    if (this.#active) {
      event.preventDefault();
      return this.#ask();
    }
    const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    if (pressed.finger ? far > FINGER_PX : false) this.#finish(false);
    else if (!pressed.finger && far > MOUSE_PX) this.#begin();
  };

  readonly #up = (event: PointerEvent): void => {
    if (event.pointerId !== this.#pressed?.pointer) return;
    if (this.#active) {
      this.#at = { x: event.clientX, y: event.clientY };
      this.#look();
      window.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => window.removeEventListener("click", swallow, true));
    }
    this.#finish(true);
  };

  readonly #cancel = (event: Event): void => {
    if (event instanceof PointerEvent && event.pointerId !== this.#pressed?.pointer) return;
    this.#finish(false);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.#active) return;
    event.preventDefault();
    event.stopPropagation();
    this.#finish(false);
  };

  /** A finger that holds a card doesn't scroll. */
  readonly #hold = (event: Event): void => {
    if (this.#active && event.cancelable) event.preventDefault();
  };

  readonly #menu = (event: Event): void => {
    if (this.#pressed?.finger) event.preventDefault();
  };

  #begin(): void {
    const pressed = this.#pressed;
    if (!pressed) return;
    const box = pressed.element.getBoundingClientRect();
    const copy = pressed.element.cloneNode(true) as HTMLElement;
    copy.removeAttribute("data-card");
    this.overlay.ghost.replaceChildren(copy);
    this.overlay.ghost.style.width = `${box.width}px`;
    this.overlay.ghost.hidden = false;
    this.#grip = { x: pressed.x - box.left, y: pressed.y - box.top };
    this.#active = true;
    this.#mark(true);
    document.documentElement.style.userSelect = "none";
    getSelection()?.removeAllRanges();
    if (pressed.finger) navigator.vibrate?.(12);
    this.drags.begin(pressed.card);
    this.#ask();
  }

  /** It may have been drawn anew meanwhile, elsewhere. */
  #mark(on: boolean): void {
    const id = this.#pressed?.card.id ?? "";
    for (const element of this.board.querySelectorAll<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)) element.toggleAttribute("data-dragged", on);
  }

  #ask(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.#active) return;
      this.#look();
      const scrolled = this.#scroll();
      if (scrolled || this.#rests) this.#ask();
    });
  }

  #look(): void {
    const { ghost, line } = this.overlay;
    ghost.style.transform = `translate(${this.#at.x - this.#grip.x}px, ${this.#at.y - this.#grip.y}px)`;
    const under = document.elementFromPoint(this.#at.x, this.#at.y);
    this.#under = under;
    this.#rest(under);
    const found = under && this.#pressed ? this.#find(under, this.#pressed.card) : null;
    this.#drop = found?.drop ?? null;
    line.hidden = !found;
    if (!found) return;
    line.classList.toggle("box", found.drop.to === "with");
    line.style.transform = `translate(${found.left}px, ${found.top}px)`;
    line.style.width = `${found.width}px`;
    line.style.height = `${found.height}px`;
  }

  #find(under: Element, pressed: Card): { drop: Drop; left: number; top: number; width: number; height: number } | null {
    const columns = this.drags.columns();
    const moving = this.drags.card(pressed.id) ?? pressed;
    const element = under.closest<HTMLElement>("[data-card]");
    const over = element?.dataset["card"] ? this.drags.card(element.dataset["card"]) : undefined;
    if (element && over) {
      const box = element.getBoundingClientRect();
      const joins = this.drags.mayGroup() && moving.kind === "note" && columns.some(({ id }) => id === over.within);
      const part: Part = partOf(box, this.#at.y, joins, over.kind === "group");
      const drop = dropOnCard(columns, moving, over, part, this.drags.mayGroup());
      if (!drop) return null;
      if (drop.to === "with") return { drop, left: box.left, top: box.top, width: box.width, height: box.height };
      return { drop, left: box.left, top: (part === "before" ? box.top : box.bottom) - 1.5, width: box.width, height: 3 };
    }
    const home = under.closest<HTMLElement>("[data-column]");
    const column = columns.find(({ id }) => id === home?.dataset["column"]);
    if (!home || !column) return null;
    const first = under.closest("[data-head]") !== null;
    const drop = dropInColumn(columns, moving, column, first);
    if (!drop) return null;
    const mark = home.hasAttribute("data-switch") ? home : (home.querySelector(first ? "[data-head]" : "[data-tail]") ?? home);
    const box = mark.getBoundingClientRect();
    return { drop, left: box.left, top: first ? box.bottom - 1.5 : home.hasAttribute("data-switch") ? box.bottom - 3 : box.top - 1.5, width: box.width, height: 3 };
  }

  /** Over the switch of another column for a while: it is shown. */
  #rest(under: Element | null): void {
    const column = under?.closest<HTMLElement>("[data-switch]")?.dataset["column"];
    if (!column) this.#rests = null;
    else if (this.#rests?.column !== column) this.#rests = { column, since: performance.now() };
    else if (performance.now() - this.#rests.since > REST_MS) {
      this.#rests = { column, since: Infinity };
      this.drags.show(column);
    }
  }

  /** At an edge of the column, the board or the page, what is behind it comes. */
  #scroll(): boolean {
    const list = this.#under?.closest<HTMLElement>("[data-scroll]");
    let scrolled = false;
    if (list && list.scrollHeight > list.clientHeight && getComputedStyle(list).overflowY !== "visible") {
      const { top, bottom } = list.getBoundingClientRect();
      scrolled = this.#by(list, 0, edgeSpeed(this.#at.y, top, bottom));
    } else scrolled = this.#by(document.scrollingElement, 0, edgeSpeed(this.#at.y, 0, innerHeight));
    if (this.board.scrollWidth > this.board.clientWidth) {
      const { left, right } = this.board.getBoundingClientRect();
      scrolled = this.#by(this.board, edgeSpeed(this.#at.x, left, right), 0) || scrolled;
    }
    return scrolled;
  }

  #by(element: Element | null, left: number, top: number): boolean {
    if (!element || (left === 0 && top === 0)) return false;
    const was = [element.scrollLeft, element.scrollTop];
    element.scrollBy({ left, top, behavior: "instant" });
    return element.scrollLeft !== was[0] || element.scrollTop !== was[1];
  }

  #finish(letGo: boolean): void {
    const [pressed, drop, was] = [this.#pressed, this.#drop, this.#active];
    if (!pressed) return;
    clearTimeout(pressed.timer);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (was) this.#mark(false);
    [this.#pressed, this.#active, this.#drop, this.#rests, this.#under] = [null, false, null, null, null];
    pressed.target.removeEventListener("touchmove", this.#hold);
    window.removeEventListener("pointermove", this.#move);
    window.removeEventListener("pointerup", this.#up);
    window.removeEventListener("pointercancel", this.#cancel);
    window.removeEventListener("blur", this.#cancel);
    window.removeEventListener("keydown", this.#key, true);
    this.overlay.ghost.hidden = true;
    this.overlay.ghost.replaceChildren();
    this.overlay.line.hidden = true;
    document.documentElement.style.userSelect = "";
    if (!was) return;
    if (letGo && drop) this.drags.drop(pressed.card, drop);
    this.drags.end();
  }
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
