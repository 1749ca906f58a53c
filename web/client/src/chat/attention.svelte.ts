/** Which message somebody is at, by pointer or by keyboard; the one used last wins. */
const HOVERS = matchMedia("(hover: hover)");

export class Attention {
  #hovered = $state<string | null>(null);
  #focused = $state<string | null>(null);

  /** Key of the message. */
  get at(): string | null {
    return this.#hovered ?? this.#focused;
  }

  /** The pointer is over something; under a resting pointer that is only the list moving. */
  readonly over = (event: PointerEvent): void => {
    if (this.#focused === null) this.#hover(event);
  };

  readonly moved = (event: PointerEvent): void => {
    if (event.movementX !== 0 || event.movementY !== 0) this.#hover(event);
  };

  readonly away = (): void => {
    this.#hovered = null;
  };

  readonly focusIn = (event: FocusEvent): void => {
    const visibly = event.target instanceof Element && event.target.matches(":focus-visible");
    this.#focused = visibly ? keyAt(event.target) : null;
    if (visibly) this.#hovered = null;
  };

  /** Not while the focus stays inside: what is shown for it must still be there for it to go to. */
  readonly focusOut = (event: FocusEvent): void => {
    const list = event.currentTarget;
    const stays = list instanceof Element && event.relatedTarget instanceof Node && list.contains(event.relatedTarget);
    if (!stays) this.#focused = null;
  };

  #hover(event: PointerEvent): void {
    if (event.pointerType === "mouse" && HOVERS.matches) this.#hovered = keyAt(event.target);
  }
}

function keyAt(target: EventTarget | null): string | null {
  const message = target instanceof Element ? target.closest<HTMLElement>("[data-key]") : null;
  return message?.dataset["key"] ?? null;
}
