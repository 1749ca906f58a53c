/** The token of a sign-in link, an invitation, or a screen's: it leaves the address, and with it the history and the screen, before anything else happens. */
import { path } from "./path";

/** Where the skip link goes. */
const MAIN = "main";

function taken(): string {
  const at = location.pathname;
  if (![path("/in"), path("/i")].includes(at) && !at.startsWith(path("/present/"))) return "";
  const found = location.hash.slice(1);
  if (found === "" || found === MAIN) return "";
  history.replaceState(null, "", at + location.search);
  return found;
}

let current = $state(taken());
// Another link, opened where the page of one stands already, loads nothing by itself.
addEventListener("hashchange", () => (current = taken() || current));

export function token(): string {
  return current;
}
