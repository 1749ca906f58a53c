/** Shows somebody the place they asked for: in sight, with the focus, and marked for a while. */
const MARKED_MS = 4_000;
let marked: HTMLElement | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export function showPlace(element: HTMLElement): void {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "center" });
  clearTimeout(timer);
  delete marked?.dataset["place"];
  marked = element;
  element.dataset["place"] = "here";
  timer = setTimeout(() => delete element.dataset["place"], MARKED_MS);
}
