/** A day in the middle of a sentence: Dutch writes it small there. */
import { language, times } from "../text/language.svelte";

export function until(at: number): string {
  const day = times().day(at, Date.now());
  return language() === "nl" ? day.charAt(0).toLowerCase() + day.slice(1) : day;
}
