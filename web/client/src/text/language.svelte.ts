/** The language of the page: one choice, kept in this browser, changed without a reload. */
import { keep } from "../keep";
import { type Arguments, Catalogue, choose, type Language, realLanguage, type Tongue } from "./catalogue";
import { Times } from "./times";

const KEY = "kring.lang";
const catalogues = new Map<Tongue, Catalogue>();
const listeners = new Set<(language: Language) => void>();

function catalogue(tongue: Tongue): Catalogue {
  let found = catalogues.get(tongue);
  if (!found) catalogues.set(tongue, (found = new Catalogue(tongue)));
  return found;
}

const asked = new URLSearchParams(globalThis.location?.search ?? "").get("lang");
let lent = false;
let chosen = $state.raw(catalogue(choose(asked, keep.get(KEY), globalThis.navigator?.language)));
const formats = $derived(new Times(realLanguage(chosen.tongue), (words) => chosen.disguise(words)));

/** A sentence in the chosen language. Reading it in a template makes the template follow the choice. */
export function t(id: string, values?: Arguments): string {
  return chosen.say(id, values);
}

export function times(): Times {
  return formats;
}

/** What `lang` attributes, Intl and the server are told. */
export function language(): Language {
  return realLanguage(chosen.tongue);
}

export function speak(tongue: Language): void {
  keep.set(KEY, tongue);
  set(tongue);
}

/** A language for this page only, whatever this person chose for themselves: a screen in a hall has one of its own. */
export function lend(tongue: Language): void {
  lent = true;
  set(tongue);
}

/** The server's own language, where neither this person nor this browser said anything we speak. */
export function offer(fromServer: string): void {
  if (!asked && !lent && !keep.get(KEY) && !/^(nl|en)\b/i.test(navigator.language)) set(choose(fromServer));
}

export function onLanguage(listener: (language: Language) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(tongue: Tongue): void {
  chosen = catalogue(tongue);
  for (const listener of listeners) listener(realLanguage(tongue));
}
