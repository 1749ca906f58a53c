/** Being in a session: one connection, its Q&A and its chat. */
import type { Session } from "../api";
import { LiveRoom } from "../chat/live.svelte";
import { Connection } from "../community/connection.svelte";
import { LiveQna } from "../qna/live.svelte";

export class Here {
  /** As the server told it; its `state` follows the Q&A room's. */
  session = $state.raw<Session>() as Session;
  /** On a phone: where one is beside the boards. */
  place = $state<"questions" | "chat" | "board">("questions");
  readonly connection = new Connection();
  readonly qna: LiveQna;
  readonly chat: LiveRoom;

  /** Throws when the session has no Q&A or no chat for this person. */
  constructor(session: Session) {
    this.session = session;
    this.qna = new LiveQna(this.connection.kring, roomOf(session, "qna"));
    this.chat = new LiveRoom(this.connection.kring, roomOf(session, "chat"));
  }

  get closed(): boolean {
    return this.session.state !== "open" || this.qna.state === "closed";
  }

  leave(): void {
    this.qna.leave();
    this.chat.leave();
    this.connection.close();
  }
}

function roomOf(session: Session, kind: string): string {
  const room = session.rooms.find((candidate) => candidate.kind === kind);
  if (!room) throw new Error(`session ${session.id} has no ${kind}`);
  return room.id;
}
