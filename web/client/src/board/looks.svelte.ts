/** How somebody looks at boards, kept in this browser. */
import { keep } from "../keep";

export const LOOKS = ["board", "list"] as const;
export type Look = (typeof LOOKS)[number];

const KEY = "kring.board.look";
let chosen = $state<Look>(keep.get(KEY) === "list" ? "list" : "board");

export function look(): Look {
  return chosen;
}

export function lookAt(how: Look): void {
  chosen = how;
  keep.set(KEY, how);
}
