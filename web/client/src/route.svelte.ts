/** Where in the page one is. */
import { normalCode } from "./join/code";
import { path } from "./path";

export type Route =
  | { name: "enter" }
  | { name: "code"; code: string }
  | { name: "community" }
  | { name: "sign-in" }
  | { name: "unknown" };

/** `pathname` below the base, beginning with a slash. */
export function routeOf(pathname: string): Route {
  const [first, second, ...rest] = pathname.split("/").filter(Boolean);
  if (rest.length > 0) return { name: "unknown" };
  if (first === undefined) return { name: "enter" };
  if (first === "j" && second !== undefined) return { name: "code", code: normalCode(safelyDecoded(second)) };
  if (second !== undefined) return { name: "unknown" };
  if (first === "c") return { name: "community" };
  if (first === "in") return { name: "sign-in" };
  return { name: "unknown" };
}

function safelyDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function here(): Route {
  const base = path("/");
  const pathname = location.pathname;
  return routeOf(pathname.startsWith(base) ? pathname.slice(base.length - 1) : pathname);
}

let current = $state.raw<Route>(here());
addEventListener("popstate", () => (current = here()));

export function route(): Route {
  return current;
}

/** Go to `to` (below the base, as "/c") without loading the page again. */
export function go(to: string, how: "push" | "replace" = "push"): void {
  const address = path(to) + location.search;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  current = here();
}
