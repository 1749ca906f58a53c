/** Where in the page one is. */
import { naming } from "./making/place.svelte";
import { below, path } from "./path";
import { type Route, routeOf } from "./routes";

function here(): Route {
  return routeOf(below(location.pathname));
}

/** A place in a page, as its address names it: the id of a record. Another object each time one goes there. */
export interface Anchor {
  readonly id: string;
}

/** What stands behind the # elsewhere is none: the token of a sign-in link, or where the skip link goes. */
function anchored({ name }: Route): Anchor | null {
  const id = safely(location.hash.slice(1));
  return ["community", "session", "board"].includes(name) && id !== "" && id !== "main" ? { id } : null;
}

function safely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

let went = false;
let current = $state.raw<Route>(here());
let asked = $state.raw(location.search);
let place = $state.raw<Anchor | null>(anchored(current));
addEventListener("popstate", look);

function look(): void {
  current = here();
  asked = location.search;
  place = anchored(current);
}

export function route(): Route {
  return current;
}

/** What the address asks for behind its question mark, with it. */
export function query(): string {
  return asked;
}

/** The place in the page that the address names. */
export function anchor(): Anchor | null {
  return place;
}

/** One came here from another page of Kring's, not by loading this one. */
export function moved(): boolean {
  return went;
}

/** Go to `to` (below the base, as "/c"; perhaps with a query and a place) without loading the page again. */
export function go(to: string, how: "push" | "replace" = "push"): void {
  const address = new URL(path(naming(to)), location.origin);
  const lang = new URLSearchParams(location.search).get("lang"); // lasts as long as the page
  if (lang !== null) address.searchParams.set("lang", lang);
  const whole = address.pathname + address.search + address.hash;
  if (how === "push") history.pushState(null, "", whole);
  else history.replaceState(null, "", whole);
  went = true;
  look();
}
