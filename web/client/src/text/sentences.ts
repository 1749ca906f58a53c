/** The page's part of the catalogue, per language: every file in `web/locales/<language>/page/`. */
const files = import.meta.glob<string>("../../../locales/*/page/*.ftl", { query: "?raw", import: "default", eager: true });

function all(language: string): string {
  return Object.keys(files)
    .filter((name) => name.includes(`/${language}/`))
    .map((name) => files[name])
    .join("\n");
}

export const SENTENCES = { nl: all("nl"), en: all("en") };
