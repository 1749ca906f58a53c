/** The rooms of a session that one goes to by an address of their own. Pure. */
import type { RoomSummary, Session } from "../api";

/** The boards of a session, in the order they were added. */
export function boardsOf(session: Pick<Session, "rooms">): readonly RoomSummary[] {
  return session.rooms.filter(({ kind }) => kind === "board");
}

export function boardAddress(session: string, board: string): string {
  return `/s/${session}/board/${board}`;
}
