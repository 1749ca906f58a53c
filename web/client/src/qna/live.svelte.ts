/** A Q&A room as the page shows it: the sync client's room, with own acts that are not done yet already applied. */
import type { Changed, Command, Kring, Outcome, Pending, Refusal, Room, State } from "../../sync";
import type { Level, QnaReceipt } from "../../sync/wire";
import { REFUSED_PREFIX } from "../chat/live.svelte";
import { keep } from "../keep";
import { Pace, PACE } from "../pace/pace.svelte";
import { Reports, REPORTS } from "../reports/reports.svelte";
import { t } from "../text/language.svelte";
import { about, type Desk, deskOf, foreseen, foreseenDesk, fromReceipt, type Question, questionOf, type Status } from "./question";
import { keepReceipts, keptReceipts } from "./receipts";

/** Votes of others show at most twice a second. */
const CALM_MS = 500;
const MINUTE_MS = 60_000;

/** A question of one's own that the server has not taken, or has not answered about yet. */
export interface Unasked {
  readonly id: string;
  readonly text: string;
  readonly level: Level;
  readonly at: number;
  readonly standing: "waiting" | "sending" | "refused";
  readonly why?: string;
}

type Refused = Unasked & { readonly standing: "refused"; readonly why: string };

export class LiveQna {
  joined = $state(false);
  /** The room has been shown at least once; from then on `joined` false means: reconnecting. */
  known = $state(false);
  /** Not even how one asks is there: nobody ever opened the room, or what was said in it is kept no longer. */
  bare = $state(false);
  state = $state<State>("open");
  barred = $state.raw<Refusal | null>(null);
  you = $state.raw<readonly string[]>([]);
  role = $state<Room["role"]>("guest");
  presence = $state.raw<Room["presence"]>({ count: 0, people: new Map() });
  pending = $state.raw<readonly Pending[]>([]);
  refused = $state.raw<readonly Refused[]>([]);
  #desk = $state.raw<Desk>(deskOf(undefined));
  #stored = $state.raw<ReadonlyMap<string, Question>>(new Map());
  #receipts = $state.raw<ReadonlyMap<string, QnaReceipt>>(new Map());
  #ballots = $state.raw<ReadonlySet<string>>(new Set());
  #rights = $state(0);

  /** Called with a sentence when an own act was refused for good; not for a question, which is kept, nor for what `act` answers. */
  onrefused: (sentence: string) => void = () => {};
  /** Called with questions of others that are new to this viewer, while the room is live. */
  onnews: (questions: readonly Question[]) => void = () => {};
  /** Called when staff gave an own question another status, or took it away. */
  onmine: (status: Status | "removed") => void = () => {};

  readonly pace = new Pace(() => this.role !== "moderator" && this.role !== "owner");
  readonly reports = new Reports();

  readonly #room: Room;
  readonly #watched = new Set<string>();
  readonly #stop: () => void;
  /** What is being given now is watched by who gives it. */
  #quiet = false;
  #behind = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(kring: Kring, id: string) {
    this.#room = kring.join(id);
    this.refused = keptRefusals(id);
    this.#receipts = keptReceipts(id);
    this.#stop = this.#room.subscribe((changed) => this.#take(changed));
    this.#take("all");
  }

  get id(): string {
    return this.#room.id;
  }

  readonly may = (tag: string): boolean => {
    void this.#rights;
    return this.#room.may(tag);
  };

  readonly desk = $derived.by(() => foreseenDesk(this.#desk, this.pending.map(({ cmd }) => cmd)));

  readonly #commandsOn = $derived.by(() => {
    const found = new Map<string, Command[]>();
    for (const { cmd } of this.pending) {
      const id = about(cmd);
      if (id !== null) found.set(id, [...(found.get(id) ?? []), cmd]);
    }
    return found;
  });

  /** Every question this viewer may know of, as it will be when own acts under way are done: id → question. */
  readonly questions = $derived.by<ReadonlyMap<string, Question>>(() => {
    const found = new Map(this.#stored);
    for (const receipt of this.#receipts.values()) {
      if (!found.has(receipt.question) && !receipt.removed) found.set(receipt.question, fromReceipt(receipt));
    }
    for (const [id, commands] of this.#commandsOn) {
      const question = found.get(id);
      if (!question) continue;
      const after = foreseen(question, commands);
      if (after) found.set(id, after);
      else found.delete(id);
    }
    return found;
  });

  /** Own questions that the server has not taken, or not yet. */
  readonly unasked = $derived.by<readonly Unasked[]>(() => {
    const under: Unasked[] = [];
    for (const { id, cmd, at, sent } of this.pending) {
      if (cmd.t !== "qna.ask") continue;
      under.push({ id, text: cmd.text, level: cmd.level ?? "named", at, standing: sent ? "sending" : "waiting" });
    }
    return [...under, ...this.refused];
  });

  isMine(id: string): boolean {
    return this.#receipts.has(id);
  }

  /** The receipt of an own question. */
  receipt(id: string): QnaReceipt | undefined {
    return this.#receipts.get(id);
  }

  /** Own questions that staff took away. */
  readonly removed = $derived([...this.#receipts.values()].filter(({ removed }) => removed));

  /** Whether this person has voted for it, or is about to. */
  voted(id: string): boolean {
    const latest = this.#commandsOn.get(id)?.findLast((command) => command.t === "qna.vote");
    return latest?.t === "qna.vote" ? latest.on : this.#ballots.has(id);
  }

  /** An own act on it is not done yet. */
  busy(id: string): boolean {
    return this.#commandsOn.has(id);
  }

  do(command: Command): void {
    if (command.t === "qna.ask") this.pace.said(saidAt(command.level, Date.now()));
    this.#room.do(command);
  }

  /** Do it, and learn what it came to; who asks says what they like of a refusal. */
  act(command: Command): Promise<Outcome> {
    this.#quiet = true;
    const { outcome } = this.#room.do(command);
    this.#quiet = false;
    return outcome;
  }

  /** The question as the server has it now, own acts left out. */
  stored(id: string): Question | undefined {
    return questionOf(id, this.#room.records.get(id));
  }

  /** Drops a question that was refused; whoever wrote it has seen so. */
  discard(id: string): Unasked | undefined {
    const found = this.refused.find((question) => question.id === id);
    this.#keepRefusals(this.refused.filter((question) => question !== found));
    return found;
  }

  /** Ends the page's interest; what is pending waits in the browser. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#stop();
    this.#room.leave();
  }

  #take(changed: Changed): void {
    const room = this.#room;
    const wasKnown = this.known;
    this.joined = room.joined;
    this.known ||= room.joined;
    this.state = room.state;
    this.barred = room.refused ?? null;
    this.you = room.you;
    this.role = room.role;
    this.presence = room.presence;
    this.#rights += 1;
    this.pending = room.pending;
    this.pace.take(room.records.get(PACE));
    this.reports.take(room.records.get(REPORTS));
    for (const pending of room.pending) this.#watch(pending);
    if (changed === "all") this.#takeAll();
    else if (changed.size > 0) this.#takeSome(changed, wasKnown);
  }

  #takeAll(): void {
    const questions = new Map<string, Question>();
    const ballots = new Set<string>();
    const receipts = new Map(keptReceipts(this.id));
    for (const [id, record] of this.#room.records) {
      const question = questionOf(id, record);
      if (question) questions.set(id, question);
      else if (record.t === "qna.ballot") ballots.add(record.question);
      else if (record.t === "qna.receipt") receipts.set(record.question, record);
    }
    this.#behind.clear();
    this.bare = !this.#room.records.has("qna");
    this.#desk = deskOf(this.#room.records.get("qna"));
    [this.#stored, this.#ballots] = [questions, ballots];
    this.#keepReceipts(receipts);
    for (const { level, at } of receipts.values()) this.pace.said(saidAt(level, at));
  }

  #takeSome(changed: ReadonlySet<string>, tell: boolean): void {
    const records = this.#room.records;
    const news: Question[] = [];
    let calm = true;
    for (const id of changed) {
      const record = records.get(id);
      if (id === "qna") this.#desk = deskOf(record);
      else if (record?.t === "qna.receipt") this.#takeReceipt(record);
      else if (record?.t === "qna.question" || this.#stored.has(id)) {
        const [before, after] = [this.#stored.get(id), questionOf(id, record)];
        calm &&= before !== undefined && after !== undefined && sameButVotes(before, after);
        this.#behind.add(id);
        if (!before && after && !this.#receipts.has(id)) news.push(after);
      } else this.#behind.add(id); // a ballot, come or gone
    }
    if (this.#behind.size > 0) this.#show(calm && !this.pending.some(({ cmd }) => cmd.t === "qna.vote"));
    if (tell && news.length > 0) this.onnews(news);
  }

  #takeReceipt(receipt: QnaReceipt): void {
    const before = this.#receipts.get(receipt.question);
    this.#keepReceipts(new Map([...this.#receipts, [receipt.question, receipt]]));
    if (!before || receipt.status === "withdrawn") return;
    if (receipt.removed && !before.removed) this.onmine("removed");
    else if (receipt.status !== before.status) this.onmine(receipt.status);
  }

  /** What is behind comes on the page: at once, or when the votes have been left in peace for a moment. */
  #show(later: boolean): void {
    if (later) {
      this.#timer ??= setTimeout(() => this.#catchUp(), CALM_MS);
      return;
    }
    this.#catchUp();
  }

  #catchUp(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const records = this.#room.records;
    const questions = new Map(this.#stored);
    for (const id of this.#behind) {
      const question = questionOf(id, records.get(id));
      if (question) questions.set(id, question);
      else questions.delete(id);
    }
    this.#behind.clear();
    this.#stored = questions;
    const ballots = new Set<string>();
    for (const record of records.values()) if (record.t === "qna.ballot") ballots.add(record.question);
    this.#ballots = ballots;
  }

  #keepReceipts(receipts: ReadonlyMap<string, QnaReceipt>): void {
    this.#receipts = receipts;
    if (receipts.size > 0) keepReceipts(this.id, receipts);
  }

  /** Every own command is watched once, those that an earlier page left behind too. */
  #watch(pending: Pending): void {
    if (this.#watched.has(pending.id)) return;
    this.#watched.add(pending.id);
    const quiet = this.#quiet;
    void pending.outcome.then((outcome) => {
      this.#watched.delete(pending.id);
      if (pending.cmd.t === "qna.ask") this.pace.heard(outcome, saidAt(pending.cmd.level, Date.now()));
      if (quiet || outcome.done || outcome.reason === "left" || outcome.reason === "someone_else") return;
      const why = outcome.text || t("refused-somehow");
      const { cmd, id, at } = pending;
      if (cmd.t !== "qna.ask") return this.onrefused(why);
      this.#keepRefusals([...this.refused, { id, text: cmd.text, level: cmd.level ?? "named", at, standing: "refused", why }]);
    });
  }

  #keepRefusals(questions: readonly Refused[]): void {
    this.refused = questions;
    if (questions.length > 0) keep.set(REFUSED_PREFIX + this.id, JSON.stringify(questions));
    else keep.remove(REFUSED_PREFIX + this.id);
  }
}

/** What was asked without a name is known by its minute only, and counts from its end. */
function saidAt(level: Level | undefined, at: number): number {
  return (level ?? "named") === "named" ? at : Math.floor(at / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
}

function sameButVotes(a: Question, b: Question): boolean {
  return JSON.stringify({ ...a, votes: 0 }) === JSON.stringify({ ...b, votes: 0 });
}

function keptRefusals(room: string): Refused[] {
  try {
    const found: unknown = JSON.parse(keep.get(REFUSED_PREFIX + room) ?? "[]");
    return Array.isArray(found) ? (found as Refused[]) : [];
  } catch {
    return [];
  }
}
