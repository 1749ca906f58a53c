// Commands and pages as the page asks for them (C2, C6), over a socket that the test holds in its hand.
import { afterEach, describe, expect, test, vi } from "vitest";
import { connect } from "./connect";
import { Drawer } from "./drawer";
import { Outbox } from "./outbox";
import { arrive, here, post, reconnect, refused } from "./testing/here";
import { joined, MemoryStorage, message, PUT, WELCOME, World } from "./testing/world";

afterEach(() => vi.restoreAllMocks());

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

  test("one asked of a room that the server let go of is asked again", async () => {
    const { world, room } = here();
    reconnect(world, { full: true, ...full });
    void room.page();
    world.socket.says(refused(world.socket.sentOf("page")[0]?.id ?? "", { reason: "not_joined" }));
    world.socket.says(joined(world.socket, { full: false, put: {} }));
    expect(world.socket.sentOf("page").map(({ before }) => before)).toEqual([401, 401]);
  });

  test("refused is false", async () => {
    const { world, room } = here();
    reconnect(world, { full: true, ...full });
    const page = room.page();
    world.socket.says(refused(world.socket.sentOf("page")[0]?.id ?? ""));
    expect(await page).toBe(false);
  });
});
