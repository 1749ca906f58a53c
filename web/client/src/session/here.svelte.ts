/** Being in a session: one connection, its Q&A and its chat. */
import type { Session, SessionState, Stepped } from "../api";
import { LiveRoom } from "../chat/live.svelte";
import { Connection } from "../community/connection.svelte";
import { LiveQna } from "../qna/live.svelte";

export class Here {
  /** As the server told it last. */
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

  /** Where it is in its life: its room tells of some steps before the server is asked. */
  get state(): SessionState {
    const { state } = this.session;
    if (state === "closing" || state === "closed" || !this.qna.known) return state;
    return this.qna.state === "closed" ? "closing" : this.qna.state;
  }

  /** For good, or about to be so. */
  get closed(): boolean {
    const { state, closes_at } = this.session;
    return state === "closed" || (state === "closing" && closes_at === null) || this.qna.state === "closed";
  }

  /** Before it begins, to prepare it, and while it is open. */
  get takesBoards(): boolean {
    return this.state === "planned" || this.state === "open";
  }

  /** The server answered to a step. */
  told({ state, closes_at = null }: Stepped): void {
    this.session = { ...this.session, state, closes_at };
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
