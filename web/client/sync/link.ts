// The connection's own life, as a state machine: when to open, ping, doubt and give up a socket. It holds none itself.
import type { Bye, Status } from "./api";

const BASE_MS = 250;
const CAP_MS = 4_000;
const LATE_CAP_MS = 30_000;
const EARLY_MS = 60_000;
/** From opening a socket to being welcomed on it. */
const ARRIVE_MS = 10_000;
/** A ping sent because the socket is in doubt is answered within this, or the socket is replaced. */
const CHECK_MS = 4_000;
/** A connection that lasted this long was a good one: the next loss begins a new series of attempts. */
const STEADY_MS = 10_000;

/** Full jitter: from 0 up to a bound that doubles, at most 4 s in the first minute without a connection, then 30 s. */
export function backoff(attempt: number, downMs: number, random: () => number): number {
  return random() * Math.min(downMs < EARLY_MS ? CAP_MS : LATE_CAP_MS, BASE_MS * 2 ** attempt);
}

export function staysAway(code: number): boolean {
  return code >= 4500 && code <= 4999;
}

/** What the link wants done: open a socket, give up the one there is, send a ping. */
export type Wish = "open" | "shut" | "ping";

export class Link {
  stage: "waiting" | "opening" | "online" | "stopped" = "waiting";
  retryAt = 0;
  bye: Bye | undefined;
  #welcomed = false;
  #since = 0;
  #attempts = 0;
  #downSince: number | undefined;
  #notBefore = 0;
  #pingMs = Infinity;
  #pingAt = Infinity;
  #heardAt = 0;
  #checkBy = Infinity;
  readonly #random: () => number;
  readonly #wish: (wish: Wish) => void;

  constructor(random: () => number, wish: (wish: Wish) => void) {
    this.#random = random;
    this.#wish = wish;
  }

  get phase(): Status["phase"] {
    if (this.stage === "online" || this.stage === "stopped") return this.stage;
    return this.#welcomed ? "reconnecting" : "connecting";
  }

  open(now: number): void {
    this.stage = "opening";
    this.#since = now;
    this.#wish("open");
  }

  welcomed(now: number, pingMs: number): void {
    this.stage = "online";
    this.bye = undefined;
    this.#welcomed = true;
    this.#since = this.#heardAt = now;
    this.#pingMs = pingMs;
    this.#pingAt = now + pingMs;
    this.#checkBy = Infinity;
  }

  heard(now: number): void {
    this.#heardAt = now;
  }

  pong(): void {
    this.#checkBy = Infinity;
  }

  /** The server said goodbye: come back, not before `retryMs`, or stay away. */
  dismissed(now: number, bye: Bye, retryMs: number): void {
    this.bye = bye;
    this.#notBefore = now + retryMs;
    this.#wish("shut");
    this.#lost(now, staysAway(bye.code));
  }

  closed(now: number, code: number): void {
    if (staysAway(code)) this.bye = { code, text: "" };
    this.#lost(now, staysAway(code));
  }

  /** The socket is not to be trusted any more; after a steady connection the next one is opened at once. */
  replace(now: number): void {
    const hurry = this.#steady(now);
    this.#wish("shut");
    this.#lost(now, false);
    if (hurry) this.#openWhenAllowed(now);
  }

  /** Greet the server anew, at once: somebody wants it so. */
  renew(now: number): void {
    if (this.stage !== "opening" && this.stage !== "online") return;
    this.#wish("shut");
    this.open(now);
  }

  stop(): void {
    if (this.stage === "opening" || this.stage === "online") this.#wish("shut");
    this.stage = "stopped";
  }

  /** The network came back, or somebody looks again: don't wait for a timer. */
  nudge(now: number): void {
    if (this.stage === "waiting") this.#openWhenAllowed(now);
    else if (this.stage === "opening" && now - this.#since >= CHECK_MS) this.replace(now);
    else if (this.stage === "online") this.#check(now);
  }

  /** Whatever is due. `late`: the clock ran on without us, as after sleep; then silence proves nothing, so ask. */
  tick(now: number, late: boolean): void {
    if (this.stage === "waiting" && now >= this.retryAt) this.open(now);
    else if (this.stage === "opening" && now >= this.#since + ARRIVE_MS) this.replace(now);
    else if (this.stage === "online") this.#watch(now, late);
  }

  wakeAt(): number {
    if (this.stage === "waiting") return this.retryAt;
    if (this.stage === "opening") return this.#since + ARRIVE_MS;
    if (this.stage === "stopped") return Infinity;
    return Math.min(this.#pingAt, this.#checkBy, this.#silentAt());
  }

  #watch(now: number, late: boolean): void {
    if (late) {
      this.#checkBy = Infinity; // a check that was under way slept too
      this.#check(now);
    } else if (now >= this.#checkBy || now >= this.#silentAt()) this.replace(now);
    else if (now >= this.#pingAt) this.#ping(now);
  }

  #silentAt(): number {
    return this.#checkBy === Infinity ? this.#heardAt + 2 * this.#pingMs : Infinity;
  }

  #check(now: number): void {
    if (this.#checkBy !== Infinity) return;
    this.#checkBy = now + CHECK_MS;
    this.#ping(now);
  }

  #ping(now: number): void {
    this.#pingAt = now + this.#pingMs;
    this.#wish("ping");
  }

  #steady(now: number): boolean {
    return this.stage === "online" && now - this.#since >= STEADY_MS;
  }

  #lost(now: number, forGood: boolean): void {
    if (forGood) this.stage = "stopped";
    if (this.stage === "stopped") return;
    if (this.#steady(now)) {
      this.#attempts = 0;
      this.#downSince = undefined;
    }
    this.#downSince ??= now;
    this.stage = "waiting";
    const pause = backoff(this.#attempts++, now - this.#downSince, this.#random);
    this.retryAt = Math.max(now, this.#notBefore) + pause;
  }

  #openWhenAllowed(now: number): void {
    this.retryAt = Math.max(now, this.#notBefore);
    if (this.retryAt <= now) this.open(now);
  }
}
