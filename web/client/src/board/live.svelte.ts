/** A board as the page shows it: the sync client's room, with own acts that are not done yet already applied. */
import type { Changed, Command, Kring, Outcome, Pending, Rec, Refusal, Room, State } from "../../sync";
import { REFUSED_PREFIX } from "../chat/live.svelte";
import { keep } from "../keep";
import { Reports, REPORTS } from "../reports/reports.svelte";
import { t } from "../text/language.svelte";
import { type Board, boardOf, type Card, type Clock, clockOf, type Column, columnOf, type ColumnThing, findCard, groupOf, type GroupThing, inOrder, laidOut, type Note, noteOf, type Result, resultOf, type Things, unwritten } from "./card";
import { foreseen, foreseenDots } from "./foresee";
import { type Cursor, cursorsIn, writersIn } from "./others";

/** What a phase may forbid; all else is the lifecycle's. */
const BY_PHASE: ReadonlySet<string> = new Set(
  ["write", "edit", "delete", "move", "group_with", "name_group", "ungroup", "vote", "ready", "plan", "decide", "revise", "drop"].map((name) => `board.${name}`),
);

export type Reach = "everybody" | "writer" | "nobody";

export function reaches(reach: Reach, card?: Card): boolean {
  return reach === "everybody" || (reach === "writer" && (card === undefined || (card.kind === "note" && card.mine)));
}

/** A note that the server refused; its words are kept until somebody decided about them. */
interface Refused {
  readonly id: string;
  readonly column: string;
  readonly text: string;
  readonly at: number;
  readonly why: string;
}

export class LiveBoard {
  joined = $state(false);
  /** The room has been shown at least once; from then on `joined` false means: reconnecting. */
  known = $state(false);
  state = $state<State>("open");
  barred = $state.raw<Refusal | null>(null);
  you = $state.raw<readonly string[]>([]);
  role = $state<Room["role"]>("guest");
  presence = $state.raw<Room["presence"]>({ count: 0, people: new Map() });
  pending = $state.raw<readonly Pending[]>([]);
  refused = $state.raw<readonly Refused[]>([]);
  clock = $state.raw<Clock | null>(null);
  readonly reports = new Reports();
  /** Notes by way of which somebody is muted; staff are told. */
  muted = $state.raw<ReadonlySet<string>>(new Set());
  board = $state.raw<Board>(boardOf(undefined));
  #things = $state.raw<Things>({ columns: new Map(), notes: new Map(), groups: new Map(), results: new Map() });
  #dots = $state.raw<Readonly<Record<string, number>>>({});
  #ready = $state(false);
  #whispers = $state.raw<Room["whispers"]>(new Map());
  #rights = $state(0);

  /** Called with a sentence when an own act was refused for good; not for a note, which is kept, nor for what `act` answers. */
  onrefused: (sentence: string) => void = () => {};

  readonly #room: Room;
  readonly #watched = new Set<string>();
  readonly #stop: () => void;
  /** What is being given now is watched by who gives it. */
  #quiet = false;
  #laid: readonly Column[] = [];
  readonly #shown = new Map<string, readonly [Rec, Note | undefined]>();
  #frame = 0;
  /** Records that changed and are not on the page yet. */
  #behind: Set<string> | "all" = "all";

  constructor(kring: Kring, id: string) {
    this.#room = kring.join(id);
    this.refused = keptRefusals(id);
    this.#stop = this.#room.subscribe((changed) => this.#heard(changed));
    this.#take();
  }

  get id(): string {
    return this.#room.id;
  }

  /** Whose notes one may give the command about in this phase. A word, so that a thousand notes don't look again at every change. */
  readonly reach = (tag: string): Reach => {
    void this.#rights;
    if (!this.#room.may(tag)) return "nobody";
    const who = BY_PHASE.has(tag) ? this.board.may[tag] : "everybody";
    return who === "everybody" || who === "writer" ? who : "nobody";
  };

  /** Whether one may give the command in this phase: about this card, or about any. */
  readonly may = (tag: string, card?: Card): boolean => reaches(this.reach(tag), card);

  /** Runs the board. */
  readonly staff = $derived(this.role === "moderator" || this.role === "owner");

  mine(card: Card): boolean {
    return card.kind === "note" && card.mine;
  }

  readonly #foreseen = $derived(foreseen(this.#things, this.pending, this.board.phase));

  /** Sorted, with what lies in them; own notes that wait or were refused come last. */
  readonly columns = $derived.by<readonly Column[]>(() => {
    const notes = new Map(this.#foreseen.notes);
    for (const { id, column, text, at, why } of this.refused) notes.set(id, unwritten(id, column, text, at, "refused", this.board.phase === "write", why));
    this.#laid = laidOut({ ...this.#foreseen, notes }, this.#laid);
    return this.#laid;
  });

  /** Actions and decisions, oldest first. */
  readonly results = $derived.by<readonly Result[]>(() => [...this.#foreseen.results.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)));

  /** One's own notes that are not revealed yet. */
  readonly own = $derived.by<readonly Note[]>(() => inOrder([...this.#foreseen.notes.values()].filter(({ hidden }) => hidden)));

  /** One's dots: card → how many. */
  readonly votes = $derived.by(() => foreseenDots(this.#dots, this.pending));
  readonly dotsLeft = $derived(this.board.budget - [...this.votes.values()].reduce((sum, dots) => sum + dots, 0));

  readonly ready = $derived.by(() => {
    const latest = this.pending.findLast(({ cmd }) => cmd.t === "board.ready")?.cmd;
    return latest?.t === "board.ready" ? latest.on : this.#ready;
  });

  /** People may see where others are: never where they write alone, nor where they have no names (F7, C7). */
  readonly open = $derived(this.board.level === "named" && this.board.phase !== "write" && this.board.phase !== "vote");
  /** Who is writing on a note: its id → their names. */
  readonly writing = $derived.by<ReadonlyMap<string, readonly string[]>>(() => (this.open ? writersIn(this.#whispers, this.you, this.#nameOf) : new Map()));
  readonly cursors = $derived.by<readonly Cursor[]>(() => (this.open ? cursorsIn(this.#whispers, this.you, this.#nameOf) : []));

  readonly #nameOf = (actor: string): string | undefined => this.presence.people.get(actor)?.name;

  card(id: string): Card | undefined {
    return findCard(this.columns, id);
  }

  /** The revision of a note, group, column or result as the server has it now, own acts left out. */
  rev(id: string): number {
    const record = this.#room.records.get(id) ?? this.#room.records.get(`${id}~1`);
    return record && "rev" in record ? (record.rev ?? 0) : 0;
  }

  do(command: Command): string {
    const { id } = this.#room.do(command);
    this.#take();
    return id;
  }

  /** Do it, and learn what it came to, when the page shows it; who asks says what they like of a refusal. */
  act(command: Command): Promise<Outcome> {
    return this.give(command).outcome;
  }

  /** The same, with the id of what it makes. */
  give(command: Command): { readonly id: string; readonly outcome: Promise<Outcome> } {
    this.#quiet = true;
    const { id, outcome } = this.#room.do(command);
    this.#take();
    this.#quiet = false;
    return { id, outcome: this.#afterwards(outcome) };
  }

  async #afterwards(outcome: Promise<Outcome>): Promise<Outcome> {
    const came = await outcome;
    this.#take();
    return came;
  }

  whisper(name: "cursor" | "writing", data: Readonly<Record<string, string | number>>): void {
    if (this.open || Object.keys(data).length === 0) this.#room.whisper(name, data);
  }

  /** Drops a note that was refused; whoever wrote it has seen so. */
  discard(id: string): Refused | undefined {
    const found = this.refused.find((note) => note.id === id);
    this.#keepRefusals(this.refused.filter((note) => note !== found));
    return found;
  }

  /** Ends the page's interest; what is pending waits in the browser. */
  leave(): void {
    cancelAnimationFrame(this.#frame);
    this.#stop();
    this.#room.leave();
  }

  /** Many may move at once: what they change comes on the page once per frame, and at once where nothing is drawn. */
  #heard(changed: Changed): void {
    for (const pending of this.#room.pending) this.#watch(pending);
    if (changed === "all") this.#behind = "all";
    else if (this.#behind !== "all") for (const id of changed) this.#behind.add(id);
    if (changed === "all" || document.hidden) return this.#take();
    this.#frame ||= requestAnimationFrame(() => this.#take());
  }

  #take(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const room = this.#room;
    const elsewhere = this.joined !== room.joined || this.state !== room.state || this.role !== room.role;
    this.joined = room.joined;
    this.known ||= room.joined;
    this.state = room.state;
    this.barred = room.refused ?? null;
    this.you = room.you;
    this.role = room.role;
    this.presence = room.presence;
    this.pending = room.pending;
    this.#whispers = room.whispers;
    this.reports.take(room.records.get(REPORTS));
    for (const pending of room.pending) this.#watch(pending);
    const behind = this.#behind;
    this.#behind = new Set();
    const notesOnly = behind !== "all" && this.#takeNotes(room.records, behind);
    if (!notesOnly) this.#takeRecords(room.records);
    // Every note asks what may be done with it: not at each move of another.
    if (!notesOnly || elsewhere) this.#rights += 1;
  }

  /** When only revealed notes changed, as when many move them, the others are left alone. */
  #takeNotes(records: ReadonlyMap<string, Rec>, changed: ReadonlySet<string>): boolean {
    for (const id of changed) if (records.get(id)?.t !== "board.note") return false;
    if (changed.size === 0) return true;
    const notes = new Map(this.#things.notes);
    for (const id of changed) keepIf(notes, id, this.#note(id, records.get(id), records.has(`${id}~1`)));
    this.#things = { ...this.#things, notes };
    return true;
  }

  #takeRecords(records: ReadonlyMap<string, Rec>): void {
    const columns = new Map<string, ColumnThing>();
    const notes = new Map<string, Note>();
    const groups = new Map<string, GroupThing>();
    const results = new Map<string, Result>();
    let [dots, ready, clock]: [Readonly<Record<string, number>>, boolean, Clock | null] = [{}, false, null];
    let muted: readonly string[] = [];
    for (const [id, record] of records) {
      if (record.t === "board.note") keepIf(notes, id, this.#note(id, record, records.has(`${id}~1`)));
      else if (record.t === "board.own") keepIf(notes, record.note, records.has(record.note) ? undefined : this.#note(record.note, record, true));
      else if (record.t === "board.group") keepIf(groups, id, groupOf(id, record));
      else if (record.t === "board.result") keepIf(results, id, resultOf(id, record));
      else if (record.t === "board.ballot") dots = record.dots;
      else if (record.t === "board.readiness") ready = true;
      else if (record.t === "board.mutes") muted = Object.keys(record.notes);
      else if (record.t === "board.clock") clock = clockOf(record);
      else if (record.t === "board") this.board = boardOf(record);
    }
    const own = new Map<string, number>();
    for (const { hidden, within } of notes.values()) if (hidden) own.set(within, (own.get(within) ?? 0) + 1);
    for (const [id, record] of records) keepIf(columns, id, columnOf(id, record, own.get(id) ?? 0));
    this.#things = { columns, notes, groups, results };
    [this.#dots, this.#ready, this.clock, this.muted] = [dots, ready, clock, new Set(muted)];
  }

  /** The same object as long as the record is the same, so that nothing of it is drawn again. */
  #note(id: string, record: Rec | undefined, mine: boolean): Note | undefined {
    const [was, note] = this.#shown.get(id) ?? [];
    if (was === record && note?.mine === mine) return note;
    const now = noteOf(id, record, mine);
    if (record) this.#shown.set(id, [record, now]);
    return now;
  }

  /** Every own command is watched once, those that an earlier page left behind too. */
  #watch(pending: Pending): void {
    if (this.#watched.has(pending.id)) return;
    this.#watched.add(pending.id);
    const quiet = this.#quiet;
    void pending.outcome.then((outcome) => {
      this.#watched.delete(pending.id);
      if (quiet || outcome.done || outcome.reason === "left" || outcome.reason === "someone_else") return;
      const why = outcome.text || t("refused-somehow");
      const { cmd, id, at } = pending;
      if (cmd.t !== "board.write") return this.onrefused(why);
      this.#keepRefusals([...this.refused, { id, column: cmd.column, text: cmd.text, at, why }]);
    });
  }

  #keepRefusals(notes: readonly Refused[]): void {
    this.refused = notes;
    if (notes.length > 0) keep.set(REFUSED_PREFIX + this.id, JSON.stringify(notes));
    else keep.remove(REFUSED_PREFIX + this.id);
  }
}

function keepIf<T>(into: Map<string, T>, id: string, thing: T | undefined): void {
  if (thing !== undefined) into.set(id, thing);
}

function keptRefusals(room: string): Refused[] {
  try {
    const found: unknown = JSON.parse(keep.get(REFUSED_PREFIX + room) ?? "[]");
    return Array.isArray(found) ? (found as Refused[]) : [];
  } catch {
    return [];
  }
}
