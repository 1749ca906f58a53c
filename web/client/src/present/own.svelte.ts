/** What a screen has of its own in a browser that may be somebody's: its sign-in, its language, its light. None of it touches theirs. */
import { keep, type Keep, keepIn } from "../keep";
import { dress, settings, type Theme } from "../settings.svelte";
import type { Language } from "../text/catalogue";
import { language, lend } from "../text/language.svelte";

const LANGUAGE = "kring.screen.lang";
const THEME = "kring.screen.theme";

function tabStorage(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/** For this tab only, so that a reload goes on where it was. */
const tab: Keep = keepIn(tabStorage());

export const tokens = {
  of: (session: string): string | null => tab.get(`kring.screen.${session}`),
  keep: (session: string, token: string): void => tab.set(`kring.screen.${session}`, token),
  forget: (session: string): void => tab.remove(`kring.screen.${session}`),
};

let theme = $state<Theme>("system");
const darkSystem = matchMedia("(prefers-color-scheme: dark)");

/** Dresses the page as the screen likes it; returns how to undress. */
export function putOn(): () => void {
  const tongue = keep.get(LANGUAGE);
  if (tongue === "nl" || tongue === "en") lend(tongue);
  const found = keep.get(THEME);
  theme = found === "light" || found === "dark" ? found : settings.theme;
  dress(theme);
  return () => dress();
}

export function otherLanguage(): Language {
  return language() === "nl" ? "en" : "nl";
}

export function switchLanguage(): void {
  const next = otherLanguage();
  keep.set(LANGUAGE, next);
  lend(next);
}

export function isDark(): boolean {
  return theme === "dark" || (theme === "system" && darkSystem.matches);
}

export function switchTheme(): void {
  theme = isDark() ? "light" : "dark";
  keep.set(THEME, theme);
  dress(theme);
}
