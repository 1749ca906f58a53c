/** How this person likes the page, kept in this browser. */
import { keep } from "./keep";

export type Theme = "system" | "light" | "dark";

function kept<T extends string>(key: string, values: readonly T[], otherwise: T): T {
  const found = keep.get(key);
  return values.find((value) => value === found) ?? otherwise;
}

class Settings {
  #theme = $state<Theme>(kept("kring.theme", ["system", "light", "dark"], "system"));
  #letterKeys = $state(kept("kring.keys", ["on", "off"], "on") === "on");
  #enterSends = $state(kept("kring.enter", ["sends", "breaks"], "sends") === "sends");
  #speaksNews = $state(kept("kring.news", ["on", "off"], "on") === "on");

  get theme(): Theme {
    return this.#theme;
  }
  set theme(value: Theme) {
    this.#theme = value;
    keep.set("kring.theme", value);
    dress(value);
  }

  /** Single letters as shortcuts (WCAG 2.1.4: they can be switched off). */
  get letterKeys(): boolean {
    return this.#letterKeys;
  }
  set letterKeys(value: boolean) {
    this.#letterKeys = value;
    keep.set("kring.keys", value ? "on" : "off");
  }

  get enterSends(): boolean {
    return this.#enterSends;
  }
  set enterSends(value: boolean) {
    this.#enterSends = value;
    keep.set("kring.enter", value ? "sends" : "breaks");
  }

  /** New messages are announced to screen readers. */
  get speaksNews(): boolean {
    return this.#speaksNews;
  }
  set speaksNews(value: boolean) {
    this.#speaksNews = value;
    keep.set("kring.news", value ? "on" : "off");
  }
}

export const settings = new Settings();

/** Puts the chosen theme on the page; `system` leaves it to the system. */
export function dress(theme: Theme = settings.theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
}
