// The connection as the page uses it, over a socket that the test holds in its hand.
import { afterEach, describe, expect, test, vi } from "vitest";
import { connect } from "./connect";
import { Effects } from "./effects";
import { arrive, here, post, reconnect, refused } from "./testing/here";
import { joined, MemoryStorage, message, PUT, WELCOME, World } from "./testing/world";
import type { Changed, Kring, Room, Status } from "./api";

afterEach(() => vi.restoreAllMocks());

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

  /** What a listener saw: own messages that stood both among the records and in pending. */
  function twice(room: Room): { shown: number; seen: string[] } {
    const found = { shown: 0, seen: [] as string[] };
    room.subscribe(() => {
      const texts = [...room.records.values()].map((record) => ("text" in record ? record.text : ""));
      found.shown++;
      found.seen.push(...room.pending.flatMap(({ cmd }) => ("text" in cmd && texts.includes(cmd.text) ? [cmd.text] : [])));
    });
    return found;
  }

  test("nor after a reconnect, when the first answer was lost; but it is told within 250 ms", () => {
    const { world, room } = here();
    const { id } = room.do(post("1"));
    const found = twice(room);
    reconnect(world, { put: { a: message(1, "1") }, seq: 11 });
    world.socket.says({ t: "done", room: "r", ids: [id], seq: 11 });
    expect([found.seen, room.pending]).toEqual([[], []]);
    room.do(post("2"));
    reconnect(world, { put: { b: message(2, "2") }, seq: 12 });
    const { shown } = found;
    world.passes(249);
    expect([found.shown, found.seen]).toEqual([shown, []]);
    world.passes(1);
    expect(found.seen).toEqual(["2"]);
  });

  function notTwiceAfterReload(): void {
    const storage = new MemoryStorage();
    const { id } = here(storage).room.do(post("1"));
    const world = new World(storage);
    const room = connect(world.options()).join("r");
    const found = twice(room);
    arrive(world, { put: { ...PUT, a: message(1, "1") } });
    world.socket.says({ t: "done", room: "r", ids: [id], seq: 11 });
    expect([found.seen, room.pending, room.records.size]).toEqual([[], [], 2]);
    expect(found.shown).toBeGreaterThan(0);
  }

  test("nor after a reload", notTwiceAfterReload);

  test("control: told at once, it is seen twice", () => {
    vi.spyOn(Effects.prototype, "holdBack").mockImplementation(() => undefined);
    expect(notTwiceAfterReload).toThrow();
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
