/** Every sentence of the page comes from the Fluent catalogue that the server shares; this reads it. Pure: the chosen language is state elsewhere. */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { pseudo } from "./pseudo";
import { SENTENCES } from "./sentences";

export type Language = "nl" | "en";
/** `qps` is English in disguise: whatever is not disguised was never translated. For tests. */
export type Tongue = Language | "qps";
export type Arguments = Record<string, FluentVariable>;

export const LANGUAGES: readonly Language[] = ["nl", "en"];
const SOURCES: Record<Tongue, string> = { ...SENTENCES, qps: SENTENCES.en };

export class Catalogue {
  readonly #bundle: FluentBundle;

  constructor(readonly tongue: Tongue) {
    this.#bundle = new FluentBundle(realLanguage(tongue), {
      useIsolating: false,
      ...(tongue === "qps" ? { transform: pseudo } : {}),
    });
    this.#bundle.addResource(new FluentResource(SOURCES[tongue]));
  }

  /** The sentence, or its id where the catalogue has none (a test keeps that from happening). */
  say(id: string, values?: Arguments): string {
    const pattern = this.#bundle.getMessage(id)?.value;
    return pattern ? this.#bundle.formatPattern(pattern, values, []) : id;
  }

  /** Words that Intl made, in the same disguise as the rest. */
  disguise(words: string): string {
    return this.tongue === "qps" ? pseudo(words) : words;
  }
}

/** The language that Intl, `lang` attributes and the server know. */
export function realLanguage(tongue: Tongue): Language {
  return tongue === "qps" ? "en" : tongue;
}

/** The first of the wishes that we speak: what was chosen, what the browser prefers, what the server says. */
export function choose(...wishes: readonly (string | null | undefined)[]): Tongue {
  for (const wish of wishes) {
    const tongue = wish?.toLowerCase().split("-")[0];
    if (tongue === "nl" || tongue === "en" || tongue === "qps") return tongue;
  }
  return "en";
}
