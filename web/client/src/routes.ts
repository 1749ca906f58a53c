/** The addresses of the page. Pure. */
import { normalCode } from "./join/code";

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
