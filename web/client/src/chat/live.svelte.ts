/** A chat room as the page shows it: the sync client's room, with own acts that are not done yet already applied. */
import type { Changed, Command, Kring, Pending, Refusal, Room, State } from "../../sync";
import { keep } from "../keep";
import { Pace, PACE } from "../pace/pace.svelte";
import { Reports, REPORTS } from "../reports/reports.svelte";
import { t } from "../text/language.svelte";
import { foreseen, type Message, messageOf, type Reaction } from "./message";
import type { Standing, Unstored } from "./rows";
import { everyMessage, Timeline } from "./timeline";

export type UnderWay = Exclude<Standing, "stored">;
export const REFUSED_PREFIX = "kring.refused.";

interface RefusedPost {
  id: string;
  text: string;
  why: string;
  at: number;
}

export class LiveRoom {
  joined = $state(false);
  /** The room has been shown at least once; from then on `joined` false means: reconnecting. */
  known = $state(false);
  state = $state<State>("open");
  barred = $state.raw<Refusal | null>(null);
  more = $state(false);
  oldest = $state(0);
  you = $state.raw<readonly string[]>([]);
  /** What this person is called here. */
  name = $state("");
  messages = $state.raw<readonly Message[]>([]);
  pinned = $state.raw<readonly Message[]>([]);
  pending = $state.raw<readonly Pending[]>([]);
  refused = $state.raw<readonly RefusedPost[]>([]);
  presence = $state.raw<Room["presence"]>({ count: 0, people: new Map() });
  typing = $state.raw<ReadonlyMap<string, Readonly<Record<string, unknown>>>>(new Map());
  /** The newest own message that the server has stored since this page was opened. */
  confirmed = $state.raw<string | null>(null);
  #rights = $state(0);

  /** Called with a sentence when an own act other than a message was refused. */
  onrefused: (sentence: string) => void = () => {};
  /** Called with messages of others that are new, while the room is live. */
  onnews: (messages: readonly Message[]) => void = () => {};

  readonly pace = new Pace(() => !this.#staff);
  readonly reports = new Reports();

  readonly #room: Room;
  readonly #timeline = new Timeline();
  readonly #watched = new Set<string>();
  readonly #names = new Map<string, string>();
  #newest = 0;
  readonly #stop: () => void;

  constructor(kring: Kring, id: string) {
    this.#room = kring.join(id);
    this.refused = keptRefusals(id);
    this.#stop = this.#room.subscribe((changed) => this.#take(changed));
    this.#take("all");
  }

  get id(): string {
    return this.#room.id;
  }

  get me(): string {
    return this.you[0] ?? "";
  }

  readonly may = (tag: string): boolean => {
    void this.#rights;
    return this.#room.may(tag);
  };

  /** Own changes of words under way: message id → how far. */
  readonly editsUnderWay = $derived.by(() => {
    const found = new Map<string, UnderWay>();
    for (const { cmd, sent } of this.pending) if (cmd.t === "chat.edit") found.set(cmd.message, sent ? "sending" : "waiting");
    return found;
  });

  readonly #commandsOn = $derived.by(() => {
    const found = new Map<string, Command[]>();
    for (const { cmd } of this.pending) if ("message" in cmd) found.set(cmd.message, [...(found.get(cmd.message) ?? []), cmd]);
    return found;
  });

  /** Own messages that are not among the records. */
  readonly unstored = $derived.by<Unstored[]>(() => {
    const found: Unstored[] = [];
    for (const { id, cmd, at, sent } of this.pending) {
      if (cmd.t !== "chat.post") continue;
      found.push({ id, message: this.#own(id, cmd.text, at, cmd.reply_to ?? null), standing: sent ? "sending" : "waiting" });
    }
    for (const { id, text, why, at } of this.refused) found.push({ id, message: this.#own(id, text, at, null), standing: "refused", why });
    return found;
  });

  /** The message as it will be when own acts under way are done; undefined when it will be gone. */
  foreseen(message: Message): Message | undefined {
    const commands = this.#commandsOn.get(message.id);
    return commands ? foreseen(message, commands, this.me) : message;
  }

  /** An own reaction that is not stored yet. */
  reacting(message: string, reaction: Reaction): boolean {
    return this.#commandsOn.get(message)?.some((cmd) => cmd.t === "chat.react" && cmd.reaction === reaction) ?? false;
  }

  message(id: string): Message | undefined {
    return messageOf(id, this.#room.records.get(id));
  }

  nameOf(actor: string): string | undefined {
    return this.presence.people.get(actor)?.name ?? this.#names.get(actor);
  }

  do(command: Command): void {
    if (command.t === "chat.post") this.pace.said(Date.now());
    this.#room.do(command);
  }

  page(): Promise<boolean> {
    return this.#room.page();
  }

  whisper(data: Record<string, boolean>): void {
    this.#room.whisper("typing", data);
  }

  /** Drops a message that was refused; whoever wrote it has seen so. */
  discard(id: string): RefusedPost | undefined {
    const found = this.refused.find((post) => post.id === id);
    this.#keepRefusals(this.refused.filter((post) => post !== found));
    return found;
  }

  /** Ends the page's interest; what is pending waits in the browser. */
  leave(): void {
    this.#stop();
    this.#room.leave();
  }

  #take(changed: Changed): void {
    const room = this.#room;
    const news = this.known ? this.#news(changed) : [];
    this.joined = room.joined;
    this.known ||= room.joined;
    this.state = room.state;
    this.barred = room.refused ?? null;
    this.more = room.more;
    this.oldest = room.oldest;
    this.you = room.you;
    this.presence = room.presence;
    this.typing = room.whispers.get("typing") ?? new Map();
    this.#rights += 1;
    this.#timeline.update(room.records, changed, room.oldest);
    this.messages = this.#timeline.messages;
    this.pace.take(room.records.get(PACE));
    this.reports.take(room.records.get(REPORTS));
    if (changed === "all") this.pace.said(this.messages.findLast(({ by }) => this.you.includes(by))?.at ?? 0);
    for (const { by, name } of changed === "all" ? this.messages : news) this.#names.set(by, name);
    if (changed === "all" || this.#touchesPins(changed)) this.pinned = everyMessage(room.records).filter((m) => m.pinned);
    this.pending = room.pending;
    if (room.pending.some(({ cmd }) => cmd.t === "chat.post")) this.confirmed = null;
    for (const pending of room.pending) this.#watch(pending);
    if (news.length > 0) this.#tell(news);
    this.#newest = Math.max(this.#newest, this.messages.at(-1)?.n ?? 0);
  }

  #touchesPins(changed: ReadonlySet<string>): boolean {
    if (this.pinned.some((m) => changed.has(m.id))) return true;
    for (const id of changed) if (this.message(id)?.pinned) return true;
    return false;
  }

  /** Messages that came after the newest one known. */
  #news(changed: Changed): Message[] {
    if (changed === "all") return [];
    const found: Message[] = [];
    for (const id of changed) {
      const message = this.message(id);
      if (message && message.n > this.#newest) found.push(message);
    }
    return found.sort((a, b) => a.n - b.n);
  }

  #tell(news: readonly Message[]): void {
    const own = news.findLast((m) => this.you.includes(m.by));
    if (own) this.confirmed = own.id;
    const others = news.filter((m) => !this.you.includes(m.by));
    if (others.length > 0) this.onnews(others);
  }

  /** Every own command is watched once, those that an earlier page left behind too. */
  #watch(pending: Pending): void {
    if (this.#watched.has(pending.id)) return;
    this.#watched.add(pending.id);
    void pending.outcome.then((outcome) => {
      this.#watched.delete(pending.id);
      if (pending.cmd.t === "chat.post") this.pace.heard(outcome, Date.now());
      if (outcome.done || outcome.reason === "left") return;
      const why = outcome.text || t("refused-somehow");
      if (pending.cmd.t !== "chat.post") return this.onrefused(why);
      this.#keepRefusals([...this.refused, { id: pending.id, text: pending.cmd.text, why, at: pending.at }]);
    });
  }

  #keepRefusals(posts: readonly RefusedPost[]): void {
    this.refused = posts;
    if (posts.length > 0) keep.set(REFUSED_PREFIX + this.id, JSON.stringify(posts));
    else keep.remove(REFUSED_PREFIX + this.id);
  }

  get #staff(): boolean {
    return this.#room.role === "moderator" || this.#room.role === "owner";
  }

  #own(id: string, text: string, at: number, replyTo: string | null): Message {
    const answered = replyTo === null ? undefined : this.message(replyTo);
    const reference = answered ? { id: answered.id, n: answered.n, name: answered.name } : null;
    return {
      id,
      n: Number.MAX_SAFE_INTEGER,
      at,
      by: this.me,
      name: this.name,
      text,
      staff: this.#staff,
      replyTo: reference,
      edited: false,
      reactions: {},
      pinned: false,
      saved: false,
      removed: false,
    };
  }
}

function keptRefusals(room: string): RefusedPost[] {
  try {
    const found: unknown = JSON.parse(keep.get(REFUSED_PREFIX + room) ?? "[]");
    return Array.isArray(found) ? (found as RefusedPost[]) : [];
  } catch {
    return [];
  }
}
