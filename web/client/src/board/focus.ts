/** Where the focus goes on a board. */

/** To what one may do with a card; while it is on its way to the server there is nothing of that, and the card itself has the focus. */
export function toCard(board: HTMLElement | undefined, id: string): void {
  const card = (board ?? document).querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
  const found = card?.querySelector<HTMLElement>("button") ?? card;
  if (found && found === card) found.tabIndex = -1;
  found?.focus({ preventScroll: true });
}
