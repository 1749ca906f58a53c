/** Where in the page one is. */
import { path } from "./path";
import { type Route, routeOf } from "./routes";

function here(): Route {
  const base = path("/");
  const pathname = location.pathname;
  return routeOf(pathname.startsWith(base) ? pathname.slice(base.length - 1) : pathname);
}

let went = false;
let current = $state.raw<Route>(here());
addEventListener("popstate", () => (current = here()));

export function route(): Route {
  return current;
}

/** One came here from another page of Kring's, not by loading this one. */
export function moved(): boolean {
  return went;
}

/** Go to `to` (below the base, as "/c") without loading the page again. */
export function go(to: string, how: "push" | "replace" = "push"): void {
  const address = path(to) + location.search;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  went = true;
  current = here();
}
