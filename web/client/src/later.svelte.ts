/** A page that is loaded once somebody goes there, so that nobody waits for what they don't use. */
export class Later<Page> {
  page = $state.raw<Page | null>(null);
  failed = $state(false);
  #asking: Promise<void> | null = null;

  constructor(readonly load: () => Promise<{ default: Page }>) {}

  /** Loads it, unless it is there or under way. */
  ask(): Promise<void> {
    this.#asking ??= this.#ask();
    return this.#asking;
  }

  async #ask(): Promise<void> {
    try {
      this.page = (await this.load()).default;
      this.failed = false;
    } catch {
      this.failed = true; // no connection, or the server has newer pages by now
      this.#asking = null;
    }
  }
}
