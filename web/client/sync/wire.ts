// Made by `python -m web.protocol` from the server's own types. Do not edit.

export const SUBPROTOCOL = "kring.v1.json";
export const LIMITS = {"message_bytes": 65536, "in_flight": 64, "page": 100} as const;
/** 4000–4499: come back, 4500–4999: stay away. */
export const CLOSE_CODES = {"restarting": 4000, "too_slow": 4001, "silent": 4002, "newer": 4003, "bad_message": 4500, "no_hello": 4501, "signed_out": 4502, "too_many": 4503, "forbidden_origin": 4504} as const;
/** command → field → the most characters (code points) it may have */
export const MOST_CHARACTERS = {"room.report": {"record": 24}, "room.dismiss": {"record": 24}, "board.write": {"column": 24, "text": 500}, "board.edit": {"note": 24, "text": 500}, "board.move": {"card": 24, "within": 24}, "board.group_with": {"note": 24, "other": 24}, "board.name_group": {"group": 24, "text": 80}, "board.ungroup": {"group": 24}, "board.vote": {"card": 24}, "board.plan": {"text": 500, "owner": 80, "due": 10}, "board.decide": {"text": 500}, "board.revise": {"result": 24, "text": 500, "owner": 80, "due": 10}, "board.drop": {"result": 24}, "board.delete": {"note": 24}, "board.mute": {"note": 24}, "board.add_column": {"title": 80, "hint": 80}, "board.name_column": {"column": 24, "title": 80, "hint": 80}, "board.move_column": {"column": 24}, "board.remove_column": {"column": 24}, "chat.post": {"text": 2000}, "chat.edit": {"message": 24, "text": 2000}, "chat.react": {"message": 24}, "chat.delete": {"message": 24}, "chat.remove": {"message": 24}, "chat.pin": {"message": 24}, "chat.save": {"message": 24}, "qna.ask": {"text": 500}, "qna.vote": {"question": 24}, "qna.reword": {"question": 24, "text": 500}, "qna.withdraw": {"question": 24}, "qna.mute": {"question": 24}, "qna.approve": {"question": 24}, "qna.decline": {"question": 24, "note": 1000}, "qna.edit": {"question": 24, "text": 500}, "qna.label": {"question": 24, "label": 40}, "qna.park": {"question": 24}, "qna.stage": {"question": 24}, "qna.answer": {"question": 24, "text": 1000}, "qna.follow_up": {"question": 24}, "qna.reopen": {"question": 24}, "qna.remove": {"question": 24}} as const;

/** The first message. A sign-in cookie needs no token; `lang` is the language of sentences (nl or en). */
export interface Hello {
  readonly t: "hello";
  readonly token?: string | null;
  readonly lang?: string | null;
  readonly client?: string | null;
}

/** Follow a room; with the position last seen, and `eyes` as last joined, only what was missed comes back. */
export interface Join {
  readonly t: "join";
  readonly id: string;
  readonly room: string;
  readonly seq?: number | null;
  readonly mark?: string | null;
  readonly eyes?: string | null;
}

/** A command, with the position at which it was first made. Resend freely, unchanged (C2). */
export interface Do {
  readonly t: "do";
  readonly id: string;
  readonly room: string;
  readonly cmd: Command;
  readonly seq: number;
  readonly mark: string;
}

/** Records older than number `before`, the latest first hundred of them (C6). */
export interface Page {
  readonly t: "page";
  readonly id: string;
  readonly room: string;
  readonly before: number;
}

/** Awareness: typing, cursors. Delivered to who is there, never kept. */
export interface Whisper {
  readonly t: "whisper";
  readonly room: string;
  readonly name: string;
  readonly data: Readonly<Record<string, boolean | number | string | null>>;
}

export interface Leave {
  readonly t: "leave";
  readonly id: string;
  readonly room: string;
}

/** Sent at least every `welcome.ping` seconds. */
export interface Ping {
  readonly t: "ping";
}

/** Answer to `hello`. `ping`: seconds between pings; `server`: name and version. */
export interface Welcome {
  readonly t: "welcome";
  readonly name: string;
  readonly lang: string;
  readonly ping: number;
  readonly limits: Limits;
  readonly server: string;
}

export interface Limits {
  readonly message_bytes: number;
  readonly in_flight: number;
  readonly page: number;
}

/** The room: whole (`full`), or what changed since the client's position. `may`: state → command tags. */
export interface Joined {
  readonly t: "joined";
  readonly id: string;
  readonly room: string;
  readonly kind: string;
  readonly seq: number;
  readonly mark: string;
  readonly eyes: string;
  readonly oldest: number;
  readonly full: boolean;
  readonly you: readonly string[];
  readonly role: Role;
  readonly may: Partial<Readonly<Record<State, readonly string[]>>>;
  readonly put: Records;
  readonly gone: readonly string[];
  readonly presence: Presence;
}

/** What a person may do in a community. A ladder, with SCREEN and SYSTEM beside it. */
export type Role = "screen" | "guest" | "member" | "moderator" | "owner" | "system";

/** Where a room is in its life. Closed is final. */
export type State = "planned" | "open" | "locked" | "closed";

/** Who is here: `count` people; names as a difference (`whole`: instead of what was known), up to 200 of them. */
export interface Presence {
  readonly t: "presence";
  readonly room: string;
  readonly count: number;
  readonly put?: Readonly<Record<string, Person>>;
  readonly gone?: readonly string[];
  readonly whole?: boolean;
}

/** Somebody present: their name here, and whether they are staff. */
export interface Person {
  readonly name: string;
  readonly staff?: boolean;
}

/** Answer to `page`: records as they are now; `more`: older ones exist. */
export interface Paged {
  readonly t: "paged";
  readonly id: string;
  readonly room: string;
  readonly put: Records;
  readonly more: boolean;
}

/** Changed records since the last position. */
export interface Change {
  readonly t: "change";
  readonly room: string;
  readonly put?: Records;
  readonly gone?: readonly string[];
  readonly seq?: number;
  readonly mark?: string;
  readonly oldest?: number;
}

/** These commands count, once; they are in the journal at or before `seq` (J4). */
export interface Done {
  readonly t: "done";
  readonly room: string;
  readonly ids: readonly string[];
  readonly seq: number;
}

/** The command, join or page is refused: a stable `reason`, `facts`, and a sentence. */
export interface RefusedMessage {
  readonly t: "refused";
  readonly reason: Reason;
  readonly text: string;
  readonly id?: string;
  readonly room?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
  readonly retry?: boolean;
}

/** Stable codes: programs read them, the catalogue in web/locales turns them into sentences (C5). */
export type Reason = "forbidden" | "not_found" | "removed" | "empty" | "invalid" | "full" | "planned" | "locked" | "closed" | "stale" | "held" | "spent" | "not_asking" | "muted" | "slow" | "too_open" | "status" | "occupied" | "phase" | "secret_gone" | "busy" | "retry" | "fault" | "unknown" | "limited" | "not_joined";

/** Somebody's awareness; `data` empty: no longer. Typing above five people comes as `by` "" and data {count}. */
export interface Whispered {
  readonly t: "whisper";
  readonly room: string;
  readonly by: string;
  readonly name: string;
  readonly data: Readonly<Record<string, boolean | number | string | null>>;
}

/** Answer to `leave`. */
export interface Left {
  readonly t: "left";
  readonly id: string;
  readonly room: string;
}

export interface Pong {
  readonly t: "pong";
}

/** The server closes: a stable code (also the close code), a sentence, and when to come back. */
export interface Bye {
  readonly t: "bye";
  readonly code: number;
  readonly text: string;
  readonly retry_ms?: number;
}

/** Let people in. */
export interface RoomOpen {
  readonly t: "room.open";
}

/** Reading only, but for staff. */
export interface RoomLock {
  readonly t: "room.lock";
}

/** Everybody may write again. */
export interface RoomUnlock {
  readonly t: "room.unlock";
}

/** End the room, for ever. */
export interface RoomClose {
  readonly t: "room.close";
}

/** Tell staff of something that should not be there. */
export interface RoomReport {
  readonly t: "room.report";
  readonly record: string;
  readonly why: Why;
}

/** What is wrong with it, as people choose. */
export type Why = "unkind" | "private" | "spam" | "other";

/** Staff: it may stay; the reports of it are gone. */
export interface RoomDismiss {
  readonly t: "room.dismiss";
  readonly record: string;
}

/** A note at the end of a column, at the room's level of anonymity or a higher one; hidden in the phase `write`. */
export interface BoardWrite {
  readonly t: "board.write";
  readonly column: string;
  readonly text: string;
  readonly level?: Level;
}

/** How much of a person is shown with what they say (C7). Higher hides more. */
export type Level = "named" | "pseudonymous" | "anonymous";

/** Change the words of a note as they were at `rev`. */
export interface BoardEdit {
  readonly t: "board.edit";
  readonly note: string;
  readonly rev: number;
  readonly text: string;
}

/** Put a note or a group in a column, or a note in a group: right after another card there; None: first. */
export interface BoardMove {
  readonly t: "board.move";
  readonly card: string;
  readonly within: string;
  readonly after: string | null;
}

/** Put a note with another one, in a new group if need be; or in a group. */
export interface BoardGroupWith {
  readonly t: "board.group_with";
  readonly note: string;
  readonly other: string;
}

/** Give a group another name than it had at `rev`; "": none. */
export interface BoardNameGroup {
  readonly t: "board.name_group";
  readonly group: string;
  readonly rev: number;
  readonly text: string;
}

/** Put the notes of a group back in its column; votes for the group itself are given back. */
export interface BoardUngroup {
  readonly t: "board.ungroup";
  readonly group: string;
}

/** How many dots one gives a card in all; 0: none (any more). */
export interface BoardVote {
  readonly t: "board.vote";
  readonly card: string;
  readonly dots: number;
}

/** One is done with this phase, or not yet. */
export interface BoardReady {
  readonly t: "board.ready";
  readonly on: boolean;
}

/** An action: what will be done, by whom (in words), by which day (2026-11-30; "": open); about a card or not. */
export interface BoardPlan {
  readonly t: "board.plan";
  readonly text: string;
  readonly owner?: string;
  readonly due?: string;
  readonly about?: string | null;
}

/** A decision, about a card or not. */
export interface BoardDecide {
  readonly t: "board.decide";
  readonly text: string;
  readonly about?: string | null;
}

/** Change an action or a decision as it was at `rev`; a decision has no owner and no day. */
export interface BoardRevise {
  readonly t: "board.revise";
  readonly result: string;
  readonly rev: number;
  readonly text: string;
  readonly owner?: string;
  readonly due?: string;
}

/** Take away an action or a decision as it was at `rev`. */
export interface BoardDrop {
  readonly t: "board.drop";
  readonly result: string;
  readonly rev: number;
}

/** Take a note away, with its words as they were at `rev`; votes for it are given back. */
export interface BoardDelete {
  readonly t: "board.delete";
  readonly note: string;
  readonly rev: number;
}

/** How the board works. None: as it was. `level` can only be set the first time, before people come in; dots per person and the most for one card can only be raised once somebody voted. */
export interface BoardSet {
  readonly t: "board.set";
  readonly level?: Level | null;
  readonly budget?: number | null;
  readonly most?: number | null;
}

/** From one phase to another, forth or back. Leaving `write` reveals; leaving `vote` tells how many votes. */
export interface BoardGo {
  readonly t: "board.go";
  readonly was: Phase;
  readonly phase: Phase;
}

/** The steps of a board, in their order; one may go back. */
export type Phase = "write" | "reveal" | "group" | "vote" | "discuss" | "done";

/** Whoever wrote this note may only read here and take back what is theirs, or may take part again. */
export interface BoardMute {
  readonly t: "board.mute";
  readonly note: string;
  readonly on: boolean;
}

/** One more column, the last one. */
export interface BoardAddColumn {
  readonly t: "board.add_column";
  readonly title: string;
  readonly hint?: string;
}

/** Change the title and the hint of a column as they were at `rev`. */
export interface BoardNameColumn {
  readonly t: "board.name_column";
  readonly column: string;
  readonly rev: number;
  readonly title: string;
  readonly hint?: string;
}

/** Put a column right after another; None: first. */
export interface BoardMoveColumn {
  readonly t: "board.move_column";
  readonly column: string;
  readonly after: string | null;
}

/** Take away a column in which nothing is. */
export interface BoardRemoveColumn {
  readonly t: "board.remove_column";
  readonly column: string;
}

/** Begin the timer, anew if it ran. When it ends nothing else does: nobody is cut off. */
export interface BoardStart {
  readonly t: "board.start";
  readonly ms: number;
}

/** So much more time, from the end of the timer or from now if that has passed. */
export interface BoardExtend {
  readonly t: "board.extend";
  readonly ms: number;
}

/** Take the timer away. */
export interface BoardStop {
  readonly t: "board.stop";
}

/** The system: the time is up. */
export interface BoardRing {
  readonly t: "board.ring";
}

/** The phase, and how the board works: dots per person, the most for one card, how many are ready with this phase. */
export interface BoardRecord {
  readonly t: "board";
  readonly only?: string;
  readonly phase?: Phase;
  readonly level?: Level;
  readonly budget?: number;
  readonly most?: number;
  readonly ready?: number;
  readonly may?: Readonly<Record<string, Who>>;
}

/** Who may give a command in a phase. */
export type Who = "everybody" | "writer" | "staff";

/** A column; those with a higher `place` come later. `hidden`: how many notes in it are not revealed yet. */
export interface BoardColumn {
  readonly t: "board.column";
  readonly only?: string;
  readonly title: string;
  readonly hint?: string;
  readonly place: number;
  readonly rev?: number;
  readonly hidden?: number;
}

/** A note within a column or a group, before those with a higher `place`. `by`, `name`: shown as its level allows. */
export interface BoardNote {
  readonly t: "board.note";
  readonly only?: string;
  readonly at: number;
  readonly within: string;
  readonly place: number;
  readonly text: string;
  readonly level: Level;
  readonly by?: string;
  readonly name?: string;
  readonly hidden?: boolean;
  readonly votes?: number;
  readonly rev?: number;
}

/** Notes that belong together, within a column; `text` is their name, if they have one. */
export interface BoardGroup {
  readonly t: "board.group";
  readonly only?: string;
  readonly within: string;
  readonly place: number;
  readonly text?: string;
  readonly votes?: number;
  readonly rev?: number;
}

/** That a note is one's own; as long as it is hidden, all of it. Private. */
export interface BoardOwn {
  readonly t: "board.own";
  readonly only?: string;
  readonly note: string;
  readonly within?: string;
  readonly place?: number;
  readonly text?: string;
  readonly rev?: number;
}

/** One person's votes: card → dots. Private. */
export interface BoardBallot {
  readonly t: "board.ballot";
  readonly only?: string;
  readonly dots: Readonly<Record<string, number>>;
}

/** That one is done with this phase. Private. */
export interface BoardReadiness {
  readonly t: "board.readiness";
  readonly only?: string;
}

/** note → whom it muted, also when the note is gone. Staff are told which notes; nobody is told who. */
export interface BoardMutes {
  readonly t: "board.mutes";
  readonly only?: string;
  readonly notes: Readonly<Record<string, string>>;
}

/** An action or a decision; of nobody in particular, so everybody may better it. */
export interface BoardResult {
  readonly t: "board.result";
  readonly only?: string;
  readonly at: number;
  readonly sort: ResultSort;
  readonly text: string;
  readonly owner?: string;
  readonly due?: string;
  readonly about?: string;
  readonly rev?: number;
}

/** What a board comes to. */
export type ResultSort = "action" | "decision";

/** The timer, and whether it rang. */
export interface BoardClock {
  readonly t: "board.clock";
  readonly only?: string;
  readonly since: number;
  readonly until: number;
  readonly rang?: boolean;
}

/** Notes ever written; notes and results there are now. Nobody is shown it. */
export interface BoardHead {
  readonly t: "board.head";
  readonly only?: string;
  readonly written?: number;
  readonly notes?: number;
  readonly results?: number;
}

/** The room itself, as its viewers know it. */
export interface RoomRecord {
  readonly t: "room";
  readonly only?: string;
  readonly state: State;
}

/** Staff are shown what is reported, how often and why, and never by whom; others nothing. */
export interface RoomReports {
  readonly t: "room.reports";
  readonly only?: string;
  readonly things: Readonly<Record<string, Thing>>;
}

/** What is reported of one record. `at`: the minute of the latest; `by`: shown to nobody. */
export interface Thing {
  readonly at: number;
  readonly why: Partial<Readonly<Record<Why, number>>>;
  readonly by?: readonly string[];
}

/** Staff: slow the room down to this, or let it go its own way: 0. */
export interface RoomSetPace {
  readonly t: "room.set_pace";
  readonly seconds: Seconds;
}

/** The paces that one can choose from. */
export type Seconds = 0 | 10 | 30 | 60 | 300;

/** Say something, perhaps in reply to a message. */
export interface ChatPost {
  readonly t: "chat.post";
  readonly text: string;
  readonly reply_to?: string | null;
}

/** Change the words of one's own message. */
export interface ChatEdit {
  readonly t: "chat.edit";
  readonly message: string;
  readonly text: string;
}

/** Put one's reaction on a message, or take it off. */
export interface ChatReact {
  readonly t: "chat.react";
  readonly message: string;
  readonly reaction: ChatReaction;
  readonly on: boolean;
}

/** Four drawn icons, no emoji. */
export type ChatReaction = "thanks" | "agree" | "helps" | "laugh";

/** Take back one's own message; nothing of it stays. */
export interface ChatDelete {
  readonly t: "chat.delete";
  readonly message: string;
}

/** Staff: take the words of a message away; a trace stays. */
export interface ChatRemove {
  readonly t: "chat.remove";
  readonly message: string;
}

/** Staff: keep a message in sight of everybody, or no longer. */
export interface ChatPin {
  readonly t: "chat.pin";
  readonly message: string;
  readonly on: boolean;
}

/** Staff: mark a message for the harvest, or no longer. */
export interface ChatSave {
  readonly t: "chat.save";
  readonly message: string;
  readonly on: boolean;
}

/** One message. `reactions`: reaction → who, in the order they came. `removed`: staff took the words away. */
export interface ChatMessage {
  readonly t: "chat.message";
  readonly only?: string;
  readonly n: number;
  readonly at: number;
  readonly by: string;
  readonly name: string;
  readonly text: string;
  readonly staff?: boolean;
  readonly reply_to?: ChatReference;
  readonly edited_at?: number;
  readonly reactions?: Partial<Readonly<Record<ChatReaction, readonly string[]>>>;
  readonly pinned?: boolean;
  readonly saved?: boolean;
  readonly removed?: boolean;
}

/** The message that a reply answers: enough to name it and to page back to it, never its words. */
export interface ChatReference {
  readonly id: string;
  readonly n: number;
  readonly name: string;
}

/** The room's own counts: messages ever posted, messages pinned or saved now. Nobody is shown it. */
export interface ChatHead {
  readonly t: "chat.head";
  readonly only?: string;
  readonly count?: number;
  readonly kept?: number;
}

/** How many seconds one waits here; everybody is shown it. */
export interface RoomPace {
  readonly t: "room.pace";
  readonly only?: string;
  readonly seconds?: Seconds;
}

/** Ask something, at the room's level of anonymity or a higher one. */
export interface QnaAsk {
  readonly t: "qna.ask";
  readonly text: string;
  readonly level?: Level;
}

export interface QnaVote {
  readonly t: "qna.vote";
  readonly question: string;
  readonly on: boolean;
}

/** Change one's own question, until it is reviewed. */
export interface QnaReword {
  readonly t: "qna.reword";
  readonly question: string;
  readonly text: string;
}

export interface QnaWithdraw {
  readonly t: "qna.withdraw";
  readonly question: string;
}

/** How the room asks. None: as it was. `level` can only be set the first time, before people come in. */
export interface QnaSet {
  readonly t: "qna.set";
  readonly asking?: boolean | null;
  readonly review?: boolean | null;
  readonly level?: Level | null;
}

/** The question that comes after the one on stage; None: none yet. */
export interface QnaNext {
  readonly t: "qna.next";
  readonly question: string | null;
}

/** Whoever asked this question may not ask or vote here, or may again. */
export interface QnaMute {
  readonly t: "qna.mute";
  readonly question: string;
  readonly on: boolean;
}

export interface QnaApprove {
  readonly t: "qna.approve";
  readonly question: string;
  readonly rev: number;
}

export interface QnaDecline {
  readonly t: "qna.decline";
  readonly question: string;
  readonly rev: number;
  readonly because: Because;
  readonly note?: string;
}

/** Preset reasons to decline. */
export type Because = "off_topic" | "asked_before" | "answered_before" | "unclear" | "not_now" | "conduct";

/** Staff change the words; the original is kept. */
export interface QnaEdit {
  readonly t: "qna.edit";
  readonly question: string;
  readonly rev: number;
  readonly text: string;
}

export interface QnaLabel {
  readonly t: "qna.label";
  readonly question: string;
  readonly rev: number;
  readonly label: string;
}

/** A mark for staff: not now. Everybody else sees the status beneath it. */
export interface QnaPark {
  readonly t: "qna.park";
  readonly question: string;
  readonly rev: number;
  readonly on: boolean;
}

export interface QnaStage {
  readonly t: "qna.stage";
  readonly question: string;
  readonly rev: number;
}

/** Answered, live (with a note if you like) or in writing. */
export interface QnaAnswer {
  readonly t: "qna.answer";
  readonly question: string;
  readonly rev: number;
  readonly how: How;
  readonly text?: string;
}

export type How = "live" | "written";

export interface QnaFollowUp {
  readonly t: "qna.follow_up";
  readonly question: string;
  readonly rev: number;
}

/** Back to open, or to review; also what undoes an act. */
export interface QnaReopen {
  readonly t: "qna.reopen";
  readonly question: string;
  readonly rev: number;
  readonly review?: boolean;
}

export interface QnaRemove {
  readonly t: "qna.remove";
  readonly question: string;
  readonly rev: number;
}

/** How the room asks, what is on stage (since when) and next. `asked`: questions ever. */
export interface QnaDesk {
  readonly t: "qna.desk";
  readonly only?: string;
  readonly asking?: boolean;
  readonly review?: boolean;
  readonly level?: Level;
  readonly stage?: string;
  readonly next?: string;
  readonly asked?: number;
  readonly since?: number;
}

/** One question. `by`, `name`: shown as its level allows; `original`, `parked`, `muted`, `because`: staff only. */
export interface QnaQuestion {
  readonly t: "qna.question";
  readonly only?: string;
  readonly at: number;
  readonly order: number;
  readonly text: string;
  readonly status: Status;
  readonly level: Level;
  readonly by?: string;
  readonly name?: string;
  readonly votes?: number;
  readonly rev?: number;
  readonly label?: string;
  readonly how?: How;
  readonly answer?: string;
  readonly original?: string;
  readonly because?: Because;
  readonly note?: string;
  readonly parked?: boolean;
  readonly muted?: boolean;
  readonly receipt?: string;
}

/** Where a question is, as everybody who may see it is told. */
export type Status = "review" | "open" | "stage" | "answered" | "follow_up" | "declined" | "withdrawn";

/** What the asker knows of their own question; private. `removed`: staff took it away. */
export interface QnaReceipt {
  readonly t: "qna.receipt";
  readonly only?: string;
  readonly question: string;
  readonly at: number;
  readonly text: string;
  readonly level: Level;
  readonly status: Status;
  readonly because?: Because;
  readonly note?: string;
  readonly removed?: boolean;
}

/** One person's vote; private. */
export interface QnaBallot {
  readonly t: "qna.ballot";
  readonly only?: string;
  readonly question: string;
}

/** Somebody is muted here, by way of these questions. Nobody is shown it: it tells that they are of one person. */
export interface QnaSilence {
  readonly t: "qna.silence";
  readonly only?: string;
  readonly who: string;
  readonly questions: readonly string[];
}

export type ClientMessage = Hello | Join | Do | Page | Whisper | Leave | Ping;

export type ServerMessage = Welcome | Joined | Paged | Change | Done | RefusedMessage | Whispered | Left | Presence | Pong | Bye;

export type Command = RoomOpen | RoomLock | RoomUnlock | RoomClose | RoomReport | RoomDismiss | BoardWrite | BoardEdit | BoardMove | BoardGroupWith | BoardNameGroup | BoardUngroup | BoardVote | BoardReady | BoardPlan | BoardDecide | BoardRevise | BoardDrop | BoardDelete | BoardSet | BoardGo | BoardMute | BoardAddColumn | BoardNameColumn | BoardMoveColumn | BoardRemoveColumn | BoardStart | BoardExtend | BoardStop | BoardRing | RoomSetPace | ChatPost | ChatEdit | ChatReact | ChatDelete | ChatRemove | ChatPin | ChatSave | QnaAsk | QnaVote | QnaReword | QnaWithdraw | QnaSet | QnaNext | QnaMute | QnaApprove | QnaDecline | QnaEdit | QnaLabel | QnaPark | QnaStage | QnaAnswer | QnaFollowUp | QnaReopen | QnaRemove;

export type Rec = BoardRecord | BoardColumn | BoardNote | BoardGroup | BoardOwn | BoardBallot | BoardReadiness | BoardMutes | BoardResult | BoardClock | BoardHead | RoomRecord | RoomReports | ChatMessage | ChatHead | RoomPace | QnaDesk | QnaQuestion | QnaReceipt | QnaBallot | QnaSilence;

/** record id → record */
export type Records = Readonly<Record<string, Rec>>;

export type Scalar = boolean | number | string | null;

export type Fact = boolean | number | string | null;
