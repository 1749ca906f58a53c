/** The addresses of the page. Pure. */
import { normalCode } from "./join/code";

export type Route =
  | { name: "enter" }
  | { name: "code"; code: string }
  | { name: "community" }
  | { name: "sign-in" }
  | { name: "session"; session: string }
  | { name: "desk"; session: string }
  | { name: "board"; session: string; board: string }
  | { name: "present"; session: string }
  | { name: "unknown" };

/** `pathname` below the base, beginning with a slash. */
export function routeOf(pathname: string): Route {
  const [first, second, third, fourth, ...rest] = pathname.split("/").filter(Boolean).map(safelyDecoded);
  if (rest.length > 0) return { name: "unknown" };
  if (first === "s" && second !== undefined && third === "board" && fourth !== undefined) return { name: "board", session: second, board: fourth };
  if (fourth !== undefined) return { name: "unknown" };
  if (first === "s" && second !== undefined && third === "desk") return { name: "desk", session: second };
  if (third !== undefined) return { name: "unknown" };
  if (first === undefined) return { name: "enter" };
  if (first === "j" && second !== undefined) return { name: "code", code: normalCode(second) };
  if (first === "s" && second !== undefined) return { name: "session", session: second };
  if (first === "present" && second !== undefined) return { name: "present", session: second };
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
