/** The addresses of the page. Pure. */
import { normalCode } from "./join/code";

export type Route =
  | { name: "enter" }
  | { name: "code"; code: string }
  | { name: "community" }
  | { name: "begin" }
  | { name: "settings" }
  | { name: "invitations" }
  | { name: "programs" }
  | { name: "log" }
  | { name: "sign-in" }
  | { name: "invited" }
  | { name: "privacy" }
  | { name: "members" }
  | { name: "own" }
  | { name: "ways-in" }
  | { name: "session"; session: string }
  | { name: "desk"; session: string }
  | { name: "harvest"; session: string }
  | { name: "board"; session: string; board: string }
  | { name: "present"; session: string }
  | { name: "library" }
  | { name: "item"; item: string }
  /** `item` null: a new one. */
  | { name: "edit"; item: string | null }
  | { name: "unknown" };

/** For who is signed in. */
export const INSIDE: readonly Route["name"][] = ["community", "begin", "settings", "invitations", "programs", "log", "members", "own", "ways-in", "session", "desk", "board", "harvest", "library", "item", "edit"];

/** `pathname` below the base, beginning with a slash. */
export function routeOf(pathname: string): Route {
  const [first, second, third, fourth, ...rest] = pathname.split("/").filter(Boolean).map(safelyDecoded);
  if (rest.length > 0) return { name: "unknown" };
  if (first === "s" && second !== undefined && third === "board" && fourth !== undefined) return { name: "board", session: second, board: fourth };
  if (fourth !== undefined) return { name: "unknown" };
  if (first === "s" && second !== undefined && third === "desk") return { name: "desk", session: second };
  if (first === "s" && second !== undefined && third === "harvest") return { name: "harvest", session: second };
  if (first === "l" && second !== undefined && third === "edit") return { name: "edit", item: second };
  if (third !== undefined) return { name: "unknown" };
  if (first === undefined) return { name: "enter" };
  if (first === "j" && second !== undefined) return { name: "code", code: normalCode(second) };
  if (first === "s" && second !== undefined) return { name: "session", session: second };
  if (first === "present" && second !== undefined) return { name: "present", session: second };
  if (first === "l" && second !== undefined) return second === "new" ? { name: "edit", item: null } : { name: "item", item: second };
  if (first === "c" && second === "settings") return { name: "settings" };
  if (first === "c" && second === "members") return { name: "members" };
  if (first === "c" && second === "invitations") return { name: "invitations" };
  if (first === "c" && second === "programs") return { name: "programs" };
  if (first === "c" && second === "log") return { name: "log" };
  if (first === "me" && second === "ways-in") return { name: "ways-in" };
  if (second !== undefined) return { name: "unknown" };
  if (first === "begin") return { name: "begin" };
  if (first === "c") return { name: "community" };
  if (first === "me") return { name: "own" };
  if (first === "l") return { name: "library" };
  if (first === "in") return { name: "sign-in" };
  if (first === "privacy") return { name: "privacy" };
  if (first === "i") return { name: "invited" };
  return { name: "unknown" };
}

function safelyDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
