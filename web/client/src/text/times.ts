/** Dates and numbers in words. Instants are integer milliseconds UTC; what is shown is in the reader's own zone. */
import type { Language } from "./catalogue";

const DAY_MS = 86_400_000;

export class Times {
  readonly #time: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #dayWithYear: Intl.DateTimeFormat;
  readonly #month: Intl.DateTimeFormat;
  readonly #whole: Intl.DateTimeFormat;
  readonly #relative: Intl.RelativeTimeFormat;
  readonly #number: Intl.NumberFormat;
  readonly #list: Intl.ListFormat;

  /** `zone`: an IANA name, for tests; the reader's own when left out. `disguise` goes over every word that Intl makes. */
  constructor(
    readonly language: Language,
    readonly disguise: (words: string) => string = (words) => words,
    zone?: string,
  ) {
    const locale = language === "nl" ? "nl-NL" : "en-GB";
    const at = zone ? { timeZone: zone } : {};
    this.#time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", ...at });
    this.#day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", ...at });
    this.#dayWithYear = new Intl.DateTimeFormat(locale, { dateStyle: "full", ...at });
    this.#month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
    this.#whole = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long", ...at });
    this.#relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    this.#number = new Intl.NumberFormat(locale);
    this.#list = new Intl.ListFormat(locale, { type: "conjunction" });
  }

  /** 14.05 in Dutch, 14:05 in English. */
  time(at: number): string {
    const words = this.#time.format(at);
    return this.language === "nl" ? words.replace(":", ".") : words;
  }

  /** Date, time and zone in full: for titles. */
  whole(at: number): string {
    return this.disguise(this.#whole.format(at));
  }

  /** A name of the calendar day, the same for all instants of that day. */
  dayKey(at: number): string {
    return this.#dayWithYear.format(at);
  }

  /** Today, yesterday, Friday 20 November, Sunday 13 January 2013. */
  day(at: number, now: number): string {
    const key = this.dayKey(at);
    if (key === this.dayKey(now)) return this.disguise(capital(this.#relative.format(0, "day")));
    if (key === this.dayKey(now - DAY_MS)) return this.disguise(capital(this.#relative.format(-1, "day")));
    const near = Math.abs(now - at) < 300 * DAY_MS;
    return this.disguise(capital(near ? this.#day.format(at) : key));
  }

  /** November 2026, of `2026-11`. */
  month(named: string): string {
    return this.disguise(this.#month.format(Date.parse(`${named}-01`)));
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** Anna, Bert and Chris: the names as they are, what joins them in the reader's language. */
  list(names: readonly string[]): string {
    return this.#list
      .formatToParts(names)
      .map((part) => (part.type === "element" ? part.value : this.disguise(part.value)))
      .join("");
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
