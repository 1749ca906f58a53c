// The library as the page uses it, over a socket that the test holds in its hand.
import { afterEach, describe, expect, test, vi } from "vitest";
import { connect } from "./connect";
import { Drawer } from "./drawer";
import { Outbox } from "./outbox";
import { joined, MemoryStorage, message, PUT, WELCOME, World } from "./testing/world";
import type { Changed, Kring, Options, Room, Status } from "./api";
import type { Joined, RefusedMessage } from "./wire";

afterEach(() => vi.restoreAllMocks());

interface Here {
  world: World;
  kring: Kring;
  room: Room;
}

function post(text: string): { t: "chat.post"; text: string } {
  return { t: "chat.post", text };
}

function refused(id: string, more: Partial<RefusedMessage> = {}): RefusedMessage {
  return { t: "refused", id, room: "r", reason: "forbidden", text: "Dat mag niet.", ...more };
}

/** A socket opened and welcomed, and room r joined on it. */
function arrive(world: World, more: Partial<Joined> = {}): void {
  world.socket.opens();
  world.socket.says(WELCOME);
  world.socket.says(joined(world.socket, more));
}

function here(storage: World["storage"] = null, more: Partial<Options> = {}): Here {
  const world = new World(storage);
  const kring = connect(world.options(more));
  const room = kring.join("r");
  arrive(world);
  return { world, kring, room };
}

/** The connection is lost, the next one stands. */
function reconnect(world: World, more: Partial<Joined> = {}): void {
  world.socket.drops();
  world.passes(300);
  arrive(world, { full: false, put: {}, ...more });
}

describe("arriving", () => {
  test("hello and the joins leave together; the room is there when joined", () => {
    const world = new World();
    const kring = connect(world.options({ token: "secret", client: "page 1" }));
    const room = kring.join("r");
    expect(kring.status.phase).toBe("connecting");
    expect(world.socket.protocols).toEqual(["kring.v1.json"]);
    world.socket.opens();
    expect(world.socket.sent).toEqual([
      { t: "hello", lang: "nl", token: "secret", client: "page 1" },
      { t: "join", id: "1", room: "r" },
    ]);
    world.socket.says(WELCOME, joined(world.socket, { put: { ...PUT, a: message(1) } }));
    expect(kring.status).toEqual({ phase: "online", waiting: 0, name: "Noor" });
    expect([room.joined, room.kind, room.state, room.may("chat.post"), room.records.size]).toEqual([true, "chat", "open", true, 2]);
    expect(kring.join("r")).toBe(room);
  });

  test("a room that may not be joined says why; one that is busy is asked again", () => {
    const world = new World();
    const kring = connect(world.options());
    const [room, busy] = [kring.join("r"), kring.join("s")];
    world.socket.opens();
    world.socket.says(WELCOME, refused("1"), refused("2", { room: "s", reason: "busy", retry: true, facts: { retry_ms: 400 } }));
    expect([room.refused?.reason, room.refused?.text, room.joined]).toEqual(["forbidden", "Dat mag niet.", false]);
    expect(busy.refused).toBeUndefined();
    world.passes(399);
    expect(world.socket.sentOf("join").length).toBe(2);
    world.passes(1);
    expect(world.socket.sentOf("join").at(-1)).toEqual({ t: "join", id: "3", room: "s" });
  });

  test("coming back names the position and the eyes it was seen with", () => {
    const { world, room } = here();
    world.socket.says({ t: "change", room: "r", put: { a: message(1) }, seq: 12, mark: "m12" });
    world.socket.drops();
    expect(room.joined).toBe(false);
    world.passes(300);
    world.socket.opens();
    expect(world.socket.sentOf("join")).toEqual([{ t: "join", id: "2", room: "r", seq: 12, mark: "m12", eyes: "e" }]);
  });

  test("an answer to a room that was left and joined again meanwhile is not taken for the new one", () => {
    const { world, kring, room } = here();
    room.leave();
    const again = kring.join("r");
    world.socket.says({ t: "change", room: "r", put: { a: message(1) }, seq: 11, mark: "m" });
    expect([again.joined, again.records.size]).toEqual([false, 0]);
    world.socket.says({ t: "left", id: "2", room: "r" }, joined(world.socket));
    expect([again.joined, again.records.size]).toEqual([true, 1]);
  });
});

describe("commands (C2)", () => {
  /** Made at one position, sent again after everything moved on. */
  function resentUnchanged(): void {
    const { world, room } = here();
    room.do(post("hoi"));
    const first = world.socket.sentOf("do");
    expect(first).toEqual([{ t: "do", id: room.pending[0]?.id, room: "r", cmd: post("hoi"), seq: 10, mark: "m10" }]);
    world.socket.says({ t: "change", room: "r", put: { a: message(1) }, seq: 12, mark: "m12" });
    reconnect(world, { seq: 30, mark: "m30" });
    expect(world.socket.sentOf("do")).toEqual(first);
  }

  test("a resend repeats the command, its id and the position at which it was first made", resentUnchanged);

  test("control: an outbox that takes what was sent for done doesn't pass", () => {
    vi.spyOn(Outbox.prototype, "unsent").mockImplementation(() => undefined);
    expect(resentUnchanged).toThrow();
  });

  test("made while away: the last known position, sent in order on return", () => {
    const { world, room } = here();
    room.do(post("1"));
    world.socket.drops();
    room.do(post("2"));
    room.do(post("3"));
    expect(room.pending.map(({ sent }) => sent)).toEqual([false, false, false]);
    world.passes(300);
    arrive(world, { full: false, put: {}, seq: 30, mark: "m30" });
    expect(world.socket.sentOf("do").map(({ cmd, seq }) => [cmd, seq])).toEqual([[post("1"), 10], [post("2"), 10], [post("3"), 10]]);
    expect(room.pending.map(({ sent }) => sent)).toEqual([true, true, true]);
  });

  test("made before the room was joined: as of that join", () => {
    const world = new World();
    const room = connect(world.options()).join("r");
    room.do(post("early"));
    arrive(world, { seq: 7, mark: "m7" });
    expect(world.socket.sentOf("do").map(({ seq, mark }) => [seq, mark])).toEqual([[7, "m7"]]);
  });

  test("nothing leaves before the room is joined on this socket", () => {
    const { world, room } = here();
    world.socket.drops();
    room.do(post("1"));
    world.passes(300);
    world.socket.opens();
    world.socket.says(WELCOME);
    expect(world.socket.sentOf("do")).toEqual([]);
  });

  test("done: it counts, and is pending no longer", async () => {
    const { world, kring, room } = here();
    const { id, outcome } = room.do(post("hoi"));
    expect(kring.status.waiting).toBe(1);
    world.socket.says({ t: "done", room: "r", ids: [id], seq: 11 });
    expect(await outcome).toEqual({ done: true, seq: 11 });
    expect([room.pending.length, kring.status.waiting]).toEqual([0, 0]);
    reconnect(world);
    expect(world.socket.sentOf("do")).toEqual([]);
  });

  test("refused: it never will, and is not sent again", async () => {
    const { world, room } = here();
    const { id, outcome } = room.do(post("hoi"));
    world.socket.says(refused(id, { facts: { most: 3 } }));
    expect(await outcome).toEqual({ done: false, reason: "forbidden", text: "Dat mag niet.", facts: { most: 3 } });
    reconnect(world);
    expect(world.socket.sentOf("do")).toEqual([]);
  });

  test("refused with retry: unknown, so the same again after retry_ms, and what came after it waits its turn", () => {
    const { world, room } = here();
    const first = room.do(post("1"));
    world.socket.says(refused(first.id, { reason: "retry", retry: true, facts: { retry_ms: 700 } }));
    room.do(post("2"));
    world.passes(699);
    expect(world.socket.sentOf("do").length).toBe(1);
    world.passes(1);
    const [sent, again, second] = world.socket.sentOf("do");
    expect(again).toEqual(sent);
    expect(second?.cmd).toEqual(post("2"));
    expect(room.pending.map(({ sent }) => sent)).toEqual([true, true]);
  });

  test("refused with retry and no time: full jitter", () => {
    const { world, room } = here();
    const { id } = room.do(post("1"));
    world.socket.says(refused(id, { reason: "busy", retry: true }));
    world.passes(249);
    expect(world.socket.sentOf("do").length).toBe(1);
    world.passes(1); // half of the second bound of 500 ms
    expect(world.socket.sentOf("do").length).toBe(2);
  });

  test("a room the server let go of is joined again, and the command with it", () => {
    const { world, room } = here();
    const { id } = room.do(post("1"));
    world.socket.says(refused(id, { reason: "not_joined" }));
    expect(room.joined).toBe(false);
    world.socket.says(joined(world.socket, { full: false, put: {} }));
    world.passes(1000);
    expect(world.socket.sentOf("do").map((sent) => sent.id)).toEqual([id, id]);
  });

  /** A hundred commands in two rooms, on a server that takes `bound` at a time. */
  function inFlight(bound: number): { sent: () => string[]; ids: string[]; world: World } {
    const { world, kring, room } = here();
    const other = kring.join("s");
    world.socket.says({ ...WELCOME, limits: { ...WELCOME.limits, in_flight: bound } }, joined(world.socket, { room: "s" }));
    const ids = Array.from({ length: 100 }, (_, i) => (i < 90 ? room : other).do(post(String(i))).id);
    return { world, ids, sent: () => world.socket.sentOf("do").map(({ id }) => id) };
  }

  test("at most 64 in flight over all rooms, in the order made", () => {
    const { world, ids, sent } = inFlight(64);
    expect(sent()).toEqual(ids.slice(0, 64));
    world.socket.says({ t: "done", room: "r", ids: ids.slice(0, 10), seq: 11 });
    expect(sent()).toEqual(ids.slice(0, 74));
  });

  test("control: it is the server's bound that holds them back", () => {
    expect(inFlight(3).sent().length).toBe(3);
    expect(inFlight(1000).sent().length).toBe(100);
  });

  test("what can never be sent is refused here, and the outbox is bounded", async () => {
    const { world, room } = here();
    expect(await room.do(post("x".repeat(65_536))).outcome).toMatchObject({ done: false, reason: "invalid" });
    world.socket.drops();
    for (let i = 0; i < 500; i++) room.do(post(String(i)));
    expect(await room.do(post("one too many")).outcome).toMatchObject({ done: false, reason: "busy" });
  });

  test("leaving settles what is pending as left", async () => {
    const { world, room } = here();
    const { outcome } = room.do(post("1"));
    room.leave();
    expect(await outcome).toMatchObject({ done: false, reason: "left" });
    expect(world.socket.sentOf("leave").length).toBe(1);
    expect(await room.do(post("2")).outcome).toMatchObject({ done: false, reason: "left" });
  });
});

describe("over a reload", () => {
  function survives(): void {
    const storage = new MemoryStorage();
    const before = here(storage);
    const ids = ["1", "2", "3"].map((text) => before.room.do(post(text)).id);
    before.world.socket.says({ t: "done", room: "r", ids: [ids[1] ?? ""], seq: 11 });
    const { world, room } = here(storage); // the page is loaded anew; the old one never closed anything
    expect(world.socket.sentOf("do")).toEqual(before.world.socket.sentOf("do").filter(({ id }) => id !== ids[1]));
    expect(room.pending.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    world.socket.says({ t: "done", room: "r", ids: [ids[0] ?? "", ids[2] ?? ""], seq: 12 });
    expect(storage.entries.size).toBe(0);
  }

  test("what was not acknowledged is sent again, unchanged, and what was is not", survives);

  test("control: without a storage that keeps, it is lost", () => {
    vi.spyOn(Drawer.prototype, "keep").mockImplementation(() => undefined);
    expect(survives).toThrow();
  });

  test("control: what is acknowledged must be forgotten", () => {
    vi.spyOn(Drawer.prototype, "forget").mockImplementation(() => undefined);
    expect(survives).toThrow();
  });

  test("its outcome can still be waited for", async () => {
    const storage = new MemoryStorage();
    const { id } = here(storage).room.do(post("1"));
    const { world, room } = here(storage);
    const outcome = room.pending[0]?.outcome;
    world.socket.says(refused(id));
    expect(await outcome).toMatchObject({ done: false, reason: "forbidden" });
  });

  test("somebody else's commands are not sent, nor lost", () => {
    const storage = new MemoryStorage();
    here(storage).room.do(post("from Noor"));
    const bo = new World(storage);
    const room = connect(bo.options()).join("r");
    arrive(bo, { you: ["bo"] });
    expect([bo.socket.sentOf("do"), room.pending]).toEqual([[], []]);
    expect(here(storage).world.socket.sentOf("do").map(({ cmd }) => cmd)).toEqual([post("from Noor")]);
  });

  test("another person on the same page after a reconnect: theirs stay theirs", async () => {
    const storage = new MemoryStorage();
    const { world, room } = here(storage);
    const { outcome } = room.do(post("from Noor"));
    reconnect(world, { full: true, put: PUT, you: ["bo"] });
    expect(world.socket.sentOf("do")).toEqual([]);
    expect(await outcome).toMatchObject({ done: false, reason: "someone_else" });
    expect(here(storage).world.socket.sentOf("do").length).toBe(1);
  });

  test("left or closed with commands under way: the next time they are sent", () => {
    const storage = new MemoryStorage();
    const { kring, room } = here(storage);
    room.do(post("1"));
    kring.close();
    expect(here(storage).world.socket.sentOf("do").length).toBe(1);
  });
});

describe("pages", () => {
  const full = { oldest: 401, put: { ...PUT, a: message(401) } };

  test("before the oldest loaded, one at a time, shared by who asks meanwhile", async () => {
    const { world, room } = here();
    reconnect(world, { full: true, ...full });
    const pages = [room.page(), room.page()];
    expect(world.socket.sentOf("page").map(({ before }) => before)).toEqual([401]);
    world.socket.says({ t: "paged", id: world.socket.sentOf("page")[0]?.id ?? "", room: "r", put: { b: message(301) }, more: false });
    expect(await Promise.all(pages)).toEqual([true, true]);
    expect([room.more, room.oldest, room.records.size, await room.page()]).toEqual([false, 0, 3, false]);
  });

  test("asked again after a difference; after the whole room the old page is worth nothing", async () => {
    const { world, room } = here();
    reconnect(world, { full: true, ...full });
    const page = room.page();
    const old = world.socket.sentOf("page")[0]?.id ?? "";
    reconnect(world);
    expect(world.socket.sentOf("page").map(({ before }) => before)).toEqual([401]);
    world.socket.says({ ...joined(world.socket), id: "", full: true, oldest: 900, put: PUT });
    expect(await page).toBe(false);
    world.socket.says({ t: "paged", id: old, room: "r", put: { b: message(301) }, more: true });
    expect([room.oldest, room.records.has("b")]).toEqual([900, false]);
  });

  test("refused is false", async () => {
    const { world, room } = here();
    reconnect(world, { full: true, ...full });
    const page = room.page();
    world.socket.says(refused(world.socket.sentOf("page")[0]?.id ?? ""));
    expect(await page).toBe(false);
  });
});

describe("who listens", () => {
  function told(room: Room): Changed[] {
    const heard: Changed[] = [];
    room.subscribe((changed) => heard.push(changed));
    return heard;
  }

  test("is told once per message, with the ids that changed", () => {
    const { world, room } = here();
    const heard = told(room);
    world.socket.says(
      { t: "change", room: "r", put: { a: message(1) } },
      { t: "change", room: "r", put: { b: message(2) }, gone: ["c"], seq: 12, mark: "m" },
    );
    expect(heard).toEqual([new Set(["a", "b", "c"])]);
    reconnect(world, { full: true, put: PUT });
    expect(heard.at(-1)).toBe("all");
  });

  test("never of a message while it is pending still: change and done are told together, or after 20 ms", () => {
    const { world, room } = here();
    const { id } = room.do(post("1"));
    const seen: [records: number, pending: number][] = [];
    room.subscribe(() => seen.push([room.records.size, room.pending.length]));
    world.socket.says({ t: "change", room: "r", put: { a: message(1) }, seq: 11, mark: "m" });
    expect(seen).toEqual([]);
    world.socket.says({ t: "done", room: "r", ids: [id], seq: 11 });
    expect(seen).toEqual([[2, 0]]);
    room.do(post("2"));
    world.socket.says({ t: "change", room: "r", put: { b: message(2) }, seq: 12, mark: "m" });
    world.passes(20);
    expect(seen.at(-1)).toEqual([3, 1]);
  });

  test("whispers come and go", () => {
    const { world, room } = here();
    const heard = told(room);
    world.socket.says({ t: "whisper", room: "r", by: "bo", name: "typing", data: { on: true } });
    expect(room.whispers.get("typing")?.get("bo")).toEqual({ on: true });
    world.passes(8_000);
    expect([room.whispers.size, heard.length]).toEqual([0, 2]);
    room.whisper("typing", { on: true });
    room.whisper("typing", {});
    world.passes(100);
    expect(world.socket.sentOf("whisper").map(({ data }) => data)).toEqual([{ on: true }, {}]);
  });

  test("one that fails stops nobody", async () => {
    const { world, room } = here();
    const thrown = new Promise((resolve) => process.once("uncaughtException", resolve));
    room.subscribe(() => {
      throw new Error("mine");
    });
    const heard = told(room);
    world.socket.says({ t: "presence", room: "r", count: 2 });
    expect([heard.length, room.presence.count]).toEqual([1, 2]);
    expect(await thrown).toEqual(new Error("mine"));
  });
});

describe("the connection", () => {
  function phases(kring: Kring): Status["phase"][] {
    const seen: Status["phase"][] = [];
    kring.subscribe(({ phase }) => seen.push(phase));
    return seen;
  }

  test("lost and found again, and says when it tries", () => {
    const { world, kring } = here();
    const seen = phases(kring);
    world.socket.drops();
    expect(kring.status).toMatchObject({ phase: "reconnecting", retryAt: world.now + 125 });
    world.passes(125);
    expect(kring.status.retryAt).toBeUndefined();
    arrive(world);
    expect(seen).toEqual(["reconnecting", "reconnecting", "online"]);
  });

  test("a goodbye with a time to come back", () => {
    const { world, kring } = here();
    world.socket.says({ t: "bye", code: 4000, text: "Zo terug.", retry_ms: 2_000 });
    expect([world.socket.shut, kring.status.bye?.text]).toEqual([true, "Zo terug."]);
    kring.nudge();
    world.passes(1_999);
    expect(world.sockets.length).toBe(1);
    world.passes(1);
    expect(world.sockets.length).toBe(2);
  });

  test("a goodbye for good", () => {
    const { world, kring } = here();
    world.socket.says({ t: "bye", code: 4502, text: "Je bent afgemeld." });
    world.passes(600_000);
    kring.nudge();
    expect([world.sockets.length, kring.status]).toMatchObject([1, { phase: "stopped", bye: { code: 4502 } }]);
  });

  test("a socket that was given up says nothing any more", () => {
    const { world, kring, room } = here();
    const old = world.socket;
    world.passes(20_000);
    world.sleeps(3_600_000);
    world.passes(4_000);
    expect([old.shut, world.sockets.length]).toEqual([true, 2]);
    old.says({ t: "change", room: "r", put: { a: message(1) }, seq: 99, mark: "old" });
    old.drops(4502);
    expect([room.seq, kring.status.phase]).toEqual([10, "reconnecting"]);
  });

  test("a pong after sleep keeps the socket", () => {
    const { world } = here();
    world.sleeps(3_600_000);
    expect(world.socket.sentOf("ping").length).toBe(1);
    world.socket.says({ t: "pong" });
    world.passes(4_000);
    expect(world.sockets.length).toBe(1);
  });

  test("what is no message ends the socket; what is new is passed over", () => {
    const { world, kring } = here();
    world.socket.saysText('{"t":"fanfare","room":"r"}\n{"t":"fanfare"}');
    expect(kring.status.phase).toBe("online");
    world.socket.saysText('{"t":');
    expect([world.socket.shut, kring.status.phase]).toEqual([true, "reconnecting"]);
  });

  test("another language is told by greeting anew", () => {
    const { world, kring } = here();
    world.passes(10_000);
    kring.setLang("en");
    world.socket.opens();
    expect([world.sockets.length, world.socket.sentOf("hello")[0]?.lang]).toEqual([2, "en"]);
    kring.setLang("en");
    expect(world.sockets.length).toBe(2);
  });

  test("a device whose clock is set back keeps its timers", () => {
    const { world, kring } = here();
    world.passes(1_000);
    world.now -= 3_600_000;
    world.socket.drops();
    expect(kring.status.retryAt).toBe(world.now + 125);
    world.passes(125);
    expect(world.sockets.length).toBe(2);
  });

  test("closed is closed", () => {
    const { world, kring, room } = here();
    kring.close();
    world.passes(600_000);
    kring.nudge();
    expect([world.socket.shut, world.sockets.length, kring.status.phase, room.joined]).toEqual([true, 1, "stopped", false]);
  });

  test("an address the browser won't try is tried again, not thrown at the page", () => {
    const world = new World();
    let tried = 0;
    const WebSocket = class {
      constructor() {
        tried++;
        throw new SyntaxError("no");
      }
    } as unknown as typeof globalThis.WebSocket;
    connect(world.options({ WebSocket }));
    world.passes(125);
    expect(tried).toBe(2);
  });
});
