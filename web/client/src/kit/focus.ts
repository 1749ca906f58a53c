/** Where the focus goes when what had it went away. */
import { tick } from "svelte";

/** If nothing has the focus once the page is as it should be: what `find` finds, else the page itself. */
export async function keepFocus(find: () => HTMLElement | null | undefined): Promise<void> {
  await tick();
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    const found = find();
    (found ?? document.getElementById("main"))?.focus({ preventScroll: !found });
  });
}
