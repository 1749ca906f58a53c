/** Which community the page is about, for somebody who is in more than one: its address says it, or else this browser remembers. */
import { keep } from "../keep";

export const COMMUNITY = "community";
const KEY = "kring.community";

const asked = new URLSearchParams(globalThis.location?.search ?? "").get(COMMUNITY);
let current = $state.raw(asked ?? keep.get(KEY));

/** What requests and addresses name; null: the only one, or the server's choice. */
export function standing(): string | null {
  return current;
}

/** From now on it is about this one. `several`: there are others. */
export function stand(community: string, several = true): void {
  current = several ? community : null;
  if (several) keep.set(KEY, community);
  else keep.remove(KEY);
}

/** A page turns out to be of this one; of no matter to somebody who is in one only. */
export function standIn(community: string): void {
  if (current !== null) stand(community);
}

/** It was one that is not there, or no longer theirs. */
export function lost(): void {
  current = null;
  keep.remove(KEY);
}

/** `address` (below the base), naming the community where that is needed. */
export function naming(address: string): string {
  if (current === null) return address;
  const [rest = "", place = ""] = splitAt(address, "#");
  const [path = "", query = ""] = splitAt(rest, "?");
  const asks = new URLSearchParams(query.slice(1));
  if (!asks.has(COMMUNITY)) asks.set(COMMUNITY, current);
  return `${path}?${asks}${place}`;
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}
