/** Where the focus goes on a board, which changes under people's hands by what others do. */

const PRESSED = "button:not(:disabled), a[href], input, textarea, select";

/** To what one may do with a card; while it is on its way to the server there is nothing of that, and the card itself has the focus. */
export function toCard(board: ParentNode, id: string): boolean {
  const card = board.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
  const found = card?.querySelector<HTMLElement>("button") ?? card;
  if (found && found === card) found.tabIndex = -1;
  found?.focus({ preventScroll: true });
  return Boolean(found);
}

/** When what has the focus goes away, the focus goes with its card to where that is now, else to what is left around it. An attachment. */
export function keepsFocus(page: HTMLElement): () => void {
  let at: HTMLElement | null = null;
  let around: HTMLElement[] = [];

  function entered({ target }: FocusEvent): void {
    at = target instanceof HTMLElement ? target : null;
    around = [];
    for (let box = at?.parentElement ?? null; box && box !== page; box = box.parentElement) around.push(box);
  }

  function changed(): void {
    if (!at || at.isConnected || (document.activeElement && document.activeElement !== document.body)) return;
    at = null;
    const card = around.find((box) => box.dataset["card"])?.dataset["card"];
    if (card && toCard(page, card)) return;
    const left = around.filter((box) => box.isConnected && box.checkVisibility());
    for (const box of left) {
      const found = [...box.querySelectorAll<HTMLElement>(PRESSED)].find((each) => each.checkVisibility());
      if (found) return found.focus({ preventScroll: true });
    }
    document.getElementById("main")?.focus({ preventScroll: true });
  }

  const left = () => (at = null);
  const watch = new MutationObserver(changed);
  watch.observe(page, { childList: true, subtree: true });
  page.addEventListener("focusin", entered);
  page.addEventListener("pointerdown", left);
  return () => {
    watch.disconnect();
    page.removeEventListener("focusin", entered);
    page.removeEventListener("pointerdown", left);
  };
}
