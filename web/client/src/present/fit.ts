/** Words as large as there is room for. */

/** The largest whole number from `least` to `most` for which `fits`; `least` when none does. `fits` holds for all below one that fits. */
export function largest(least: number, most: number, fits: (size: number) => boolean): number {
  let [low, high] = [Math.ceil(least), Math.floor(most)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The smallest size of a question on stage, in CSS pixels: 48 on a screen of 1920 × 1080, as large a part of every other. */
export function smallest(width: number, height: number): number {
  return Math.max(16, Math.min((48 / 1080) * height, 0.06 * width));
}

/** The largest, as `--fs-stage` of the design. */
export function greatest(width: number, height: number): number {
  const upright = Math.min(0.094 * width, 0.045 * height); // a phone
  return Math.min(128, Math.max(smallest(width, height), upright, Math.min(0.056 * width, 0.105 * height)));
}

/** Calls `fit` now and whenever the size of `box` changes; returns how to stop. */
export function whenSized(box: Element, fit: () => void): () => void {
  const observer = new ResizeObserver(fit);
  observer.observe(box);
  fit();
  return () => observer.disconnect();
}

/**
 * Sizes `words` so that `inside`, of which they are part, fits into `box`. Words are broken, or smaller than the smallest, only where
 * there is no other way to show them whole: 500 of the widest letters fit a screen of 1920 × 1080, not a phone.
 */
export function fitWords(box: HTMLElement, inside: HTMLElement, words: HTMLElement): void {
  let broken = false;
  const fits = (px: number): boolean => {
    words.style.fontSize = `${px}px`;
    return inside.offsetHeight <= box.clientHeight && (broken || words.scrollWidth <= words.clientWidth + 1);
  };
  words.style.overflowWrap = "normal";
  const least = smallest(innerWidth, innerHeight);
  if (!fits(least)) {
    broken = true;
    words.style.removeProperty("overflow-wrap");
  }
  const size = fits(least) ? largest(least, greatest(innerWidth, innerHeight), fits) : largest(least / 2, least, fits);
  words.style.fontSize = `${size}px`;
  words.style.removeProperty("overflow-wrap");
}

/** Shows as many of the items of `list`, from the first on, as fit into `box`. */
export function fitItems(box: HTMLElement, inside: HTMLElement, list: HTMLElement): void {
  const items = [...list.children].filter((item) => item instanceof HTMLElement);
  for (const item of items) item.hidden = false;
  for (const item of items.slice(1).reverse()) {
    if (inside.offsetHeight <= box.clientHeight) return;
    item.hidden = true;
  }
}
