// Whatever the network does, every command counts once, in order, and what a client shows is what the server has. Seeded.
import { afterEach, expect, test, vi } from "vitest";
import { connect } from "./connect";
import { Drawer } from "./drawer";
import { Outbox } from "./outbox";
import { RoomState } from "./room";
import { Line, ModelServer, type Faults } from "./testing/model-server";
import { dice, MemoryStorage, World, type FakeSocket } from "./testing/world";
import type { Kring, Room } from "./api";
import type { Command, Rec } from "./wire";

afterEach(() => vi.restoreAllMocks());

const STEPS = 400;
/** Messages that were there before the page was loaded: three pages and some. */
const BEFORE = 330;

interface Made {
  readonly id: string;
  readonly cmd: Command;
}

/** A browser with one page, a server, and between them a network that may do anything but reorder. */
class Hall {
  readonly made: Made[] = [];
  readonly server: ModelServer;
  readonly seen = { drops: 0, reloads: 0, differences: 0, wholes: 0, pages: 0 };
  world = new World();
  kring: Kring | undefined;
  room: Room | undefined;
  readonly #storage = new MemoryStorage();
  readonly #lines = new Map<FakeSocket, Line>();

  constructor(
    readonly roll: () => number,
    faults: Faults,
  ) {
    this.server = new ModelServer(roll, faults);
    for (let i = 0; i < BEFORE; i++) this.server.act({ t: "chat.post", text: "before" });
    this.load();
  }

  /** The page, loaded (again): nothing survives of the one before but the storage. */
  load(): void {
    const now = this.world.now;
    if (this.kring) this.cut();
    this.world = new World(this.#storage);
    this.world.now = now;
    this.world.random = this.roll;
    this.kring = connect(this.world.options());
    this.room = this.kring.join("r");
  }

  do(cmd: Command): void {
    if (!this.room || this.room.kind === "") return; // before the first join nobody can know whose it is: it lives in memory only
    this.made.push({ id: this.room.do(cmd).id, cmd });
  }

  /** The latest socket and the server's end of it, once it is open. */
  line(): Line | undefined {
    const { socket } = this.world;
    return socket.shut ? undefined : this.#lines.get(socket);
  }

  opens(): void {
    const { socket } = this.world;
    if (socket.shut || this.#lines.has(socket)) return;
    const line = new Line(socket);
    this.#lines.set(socket, line);
    this.server.lines.add(line);
    socket.opens();
  }

  /** The connection breaks; what was under way in either direction is lost. */
  cut(): void {
    const { socket } = this.world;
    const line = this.line();
    if (!line) return;
    this.server.lines.delete(line);
    this.#lines.delete(socket);
    socket.shut = true;
    socket.drops();
  }

  toServer(): boolean {
    const line = this.line();
    const message = line?.socket.sent[line.read];
    if (!line || !message) return false;
    line.read++;
    this.server.receive(line, message);
    return true;
  }

  toClient(): boolean {
    const line = this.line();
    const message = line?.out.shift();
    if (!line || !message) return false;
    if (message.t === "joined") this.seen[message.full ? "wholes" : "differences"]++;
    if (message.t === "paged") this.seen.pages++;
    line.socket.says(message);
    return true;
  }

  /** Everything heals, and everything under way arrives. */
  settle(): void {
    for (let i = 0; i < 2_000; i++) {
      this.opens();
      this.server.flush();
      if (!this.toServer() && !this.toClient()) this.world.passes(100);
    }
  }
}

/** Hundreds of acts that a seed chooses, then peace. */
function live(seed: number, faults: Faults = {}): Hall {
  const roll = dice(seed);
  const hall = new Hall(roll, faults);
  const some = (): string => `k${1 + Math.floor(roll() * hall.server.counted.length)}`;
  const acts: [weight: number, act: () => void][] = [
    [20, () => hall.do({ t: "chat.post", text: `mine ${hall.made.length}` })],
    [5, () => hall.do({ t: "chat.edit", message: some(), text: "edited" })],
    [3, () => hall.do({ t: "chat.delete", message: some() })],
    [12, () => hall.server.act({ t: "chat.post", text: "theirs" })],
    [4, () => hall.server.act({ t: "chat.edit", message: some(), text: "theirs, edited" })],
    [2, () => hall.server.act({ t: "chat.delete", message: some() })],
    [60, () => hall.toServer()],
    [90, () => hall.toClient()],
    [25, () => hall.server.flush()],
    [20, () => hall.opens()],
    [20, () => hall.world.passes(roll() * 500)],
    [12, () => void hall.room?.page()],
    [5, () => (hall.seen.drops++, hall.cut())],
    [1, () => (hall.seen.reloads++, hall.load())],
    [1, () => hall.world.sleeps(60_000)],
    [2, () => hall.kring?.nudge()],
  ];
  const total = acts.reduce((sum, [weight]) => sum + weight, 0);
  for (let step = 0; step < STEPS; step++) {
    let left = roll() * total;
    acts.find(([weight]) => (left -= weight) < 0)?.[1]();
  }
  hall.settle();
  return hall;
}

function eachOnceInOrder(hall: Hall, inOrder = true): void {
  const own = new Set(hall.made.map(({ id }) => id));
  const counted = hall.server.counted.filter(({ id }) => own.has(id)).map(({ id, cmd }) => ({ id, cmd }));
  const sorted = (list: Made[]): Made[] => (inOrder ? list : [...list].sort((a, b) => (a.id < b.id ? -1 : 1)));
  expect(sorted(counted)).toEqual(sorted(hall.made));
  expect([hall.room?.pending, hall.kring?.status.waiting]).toEqual([[], 0]);
}

function sameRecords(hall: Hall): void {
  const { room, server } = hall;
  if (!room) throw new Error("no room");
  const numbered = [...room.records].filter((entry): entry is [string, Rec & { n: number }] => "n" in entry[1]);
  const everything = server.records(0);
  expect(new Map(numbered.filter(([, { n }]) => n >= room.oldest))).toEqual(server.records(room.oldest));
  for (const [id, record] of numbered) expect(everything.get(id)).toEqual(record);
  expect(room.seq).toBe(server.seq);
}

const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1);

test("C2: every command counts once, in the order made, through drops, sleep and reloads; and records converge", () => {
  const seen = { drops: 0, reloads: 0, differences: 0, wholes: 0, pages: 0 };
  let commands = 0;
  for (const seed of SEEDS) {
    const hall = live(seed);
    eachOnceInOrder(hall);
    sameRecords(hall);
    commands += hall.made.length;
    for (const what of Object.keys(seen) as (keyof typeof seen)[]) seen[what] += hall.seen[what];
  }
  // What this proves, it must have met.
  expect(Object.values(seen).every((times) => times >= 50), JSON.stringify(seen)).toBe(true);
  expect(commands).toBeGreaterThan(1000);
});

test("C2: on a server that is often busy, still once each", () => {
  for (const seed of SEEDS) {
    const hall = live(seed, { busy: 0.2 });
    eachOnceInOrder(hall, false);
    sameRecords(hall);
  }
});

/** The law must break for some seed when what holds it up is taken away. */
function breaks(law: (hall: Hall) => void, faults: Faults = {}): void {
  expect(() => SEEDS.forEach((seed) => law(live(seed, faults)))).toThrow();
}

test("control: commands that are not sent again are lost", () => {
  vi.spyOn(Outbox.prototype, "unsent").mockImplementation(() => undefined);
  breaks(eachOnceInOrder);
});

test("control: commands that nobody keeps are lost in a reload", () => {
  vi.spyOn(Drawer.prototype, "keep").mockImplementation(() => undefined);
  breaks(eachOnceInOrder);
});

test("control: a new id for a resend makes it count twice", () => {
  const again = Outbox.prototype.unsent;
  vi.spyOn(Outbox.prototype, "unsent").mockImplementation(function (this: Outbox) {
    again.call(this);
    this.items = this.items.map((item) => ({ ...item, id: `${item.id}'` }));
  });
  breaks((hall) => {
    const wishes = hall.server.counted.map(({ id }) => id.replaceAll("'", ""));
    expect(new Set(wishes).size).toBe(wishes.length);
  });
});

test("control: a position that moves before the last part of a change loses records", () => breaks(sameRecords, { movesEarly: true }));

test("control: what was loaded before the whole room came anew counts no more", () => {
  const taken = RoomState.prototype.takeJoined;
  vi.spyOn(RoomState.prototype, "takeJoined").mockImplementation(function (this: RoomState, message) {
    const { oldest } = this;
    const changed = taken.call(this, message);
    this.oldest = oldest === 0 ? this.oldest : Math.min(oldest, this.oldest);
    return changed;
  });
  breaks(sameRecords);
});
