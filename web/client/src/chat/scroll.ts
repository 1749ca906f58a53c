/** Keeps what somebody reads where it is, whatever is put in or taken out around it. */
const CLOSE = 24;

export class Scroll {
  #anchors: { key: string; top: number }[] = [];

  constructor(readonly box: HTMLElement) {}

  /** Pixels between what is visible and the end. */
  get below(): number {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight;
  }

  get atEnd(): boolean {
    return this.below < CLOSE;
  }

  toEnd(): void {
    this.box.scrollTop = this.box.scrollHeight;
  }

  /** Where the visible messages stand now. */
  remember(): void {
    const { top, bottom } = this.box.getBoundingClientRect();
    this.#anchors = [];
    for (const message of this.messages()) {
      const place = message.getBoundingClientRect();
      if (place.bottom <= top) continue;
      if (place.top >= bottom) break;
      this.#anchors.push({ key: message.dataset["key"] ?? "", top: place.top - top });
    }
  }

  /** Puts the first of them that is still there back in its place. */
  restore(): void {
    for (const { key, top } of this.#anchors) {
      const message = this.find(key);
      if (!message) continue;
      const moved = message.getBoundingClientRect().top - this.box.getBoundingClientRect().top - top;
      if (Math.abs(moved) >= 0.5) this.box.scrollTop += moved;
      return;
    }
  }

  /** Shows one message, `share` of the box from its top (0–1). */
  show(message: HTMLElement, share: number): void {
    const offset = message.getBoundingClientRect().top - this.box.getBoundingClientRect().top;
    this.box.scrollTop += offset - this.box.clientHeight * share;
    this.remember();
  }

  find(key: string): HTMLElement | null {
    return this.box.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  }

  messages(): HTMLElement[] {
    return [...this.box.querySelectorAll<HTMLElement>("[data-key]")];
  }

  /** The lowest message that is wholly visible. */
  lastVisible(): HTMLElement | undefined {
    const { bottom } = this.box.getBoundingClientRect();
    return this.messages().findLast((message) => message.getBoundingClientRect().bottom <= bottom + 1);
  }
}
