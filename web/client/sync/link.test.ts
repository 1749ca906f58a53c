import { describe, expect, test } from "vitest";
import { Link, backoff, staysAway, type Wish } from "./link";

/** A link, what it wished for, and a clock. */
function link(random = () => 0.5): { it: Link; wishes: Wish[]; wished: () => Wish[] } {
  const wishes: Wish[] = [];
  return { it: new Link(random, (wish) => wishes.push(wish)), wishes, wished: () => wishes.splice(0) };
}

function online(at = 0): ReturnType<typeof link> {
  const made = link();
  made.it.open(at);
  made.it.welcomed(at, 25_000);
  made.wished();
  return made;
}

describe("backoff", () => {
  test("full jitter: from 0 up to a doubling bound of at most 4 s in the first minute", () => {
    for (const [attempt, most] of [[0, 250], [1, 500], [2, 1000], [4, 4000], [9, 4000], [5000, 4000]] as const) {
      expect(backoff(attempt, 59_999, () => 0)).toBe(0);
      expect(backoff(attempt, 59_999, () => 0.999999)).toBeCloseTo(most, 0);
    }
  });

  test("after a minute without a connection, up to 30 s", () => {
    expect(backoff(20, 60_000, () => 0.999999)).toBeCloseTo(30_000, -1);
  });

  test("a thousand clients of a server that restarts don't come back in one instant", () => {
    const delays = Array.from({ length: 1000 }, (_, i) => backoff(0, 0, () => i / 1000));
    expect(new Set(delays.map(Math.floor)).size).toBe(250);
  });
});

test("the series of attempts doubles, and begins anew after a connection that lasted", () => {
  const { it } = link(() => 1);
  it.open(0);
  const pauses = [];
  let now = 0;
  for (let i = 0; i < 6; i++) {
    it.closed(now, 1006);
    pauses.push(it.retryAt - now);
    now = it.retryAt;
    it.tick(now, false);
  }
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 4000]);
  it.welcomed(now, 25_000);
  it.closed(now + 9_000, 1006); // welcomed and thrown out again: no reason to hurry
  expect(it.retryAt - (now + 9_000)).toBe(4000);
  it.open(now + 13_000);
  it.welcomed(now + 13_000, 25_000);
  it.closed(now + 23_000, 1006);
  expect(it.retryAt - (now + 23_000)).toBe(250);
});

test("connecting until welcomed for the first time, reconnecting ever after", () => {
  const { it } = link();
  it.open(0);
  it.closed(10, 1006);
  expect(it.phase).toBe("connecting");
  it.open(200);
  it.welcomed(300, 25_000);
  expect(it.phase).toBe("online");
  it.closed(400, 1006);
  expect(it.phase).toBe("reconnecting");
});

test("a socket that doesn't arrive in 10 s is replaced", () => {
  const { it, wished } = link();
  it.open(0);
  expect(it.wakeAt()).toBe(10_000);
  it.tick(9_999, false);
  expect(wished()).toEqual(["open"]);
  it.tick(10_000, false);
  expect(wished()).toEqual(["shut"]);
  expect(it.stage).toBe("waiting");
});

describe("pings", () => {
  test("one every so many seconds", () => {
    const { it, wished } = online();
    it.tick(24_999, false);
    expect(wished()).toEqual([]);
    it.tick(25_000, false);
    it.heard(25_100);
    it.tick(50_000, false);
    expect(wished()).toEqual(["ping", "ping"]);
  });

  test("nothing heard for two pings: the socket is replaced at once", () => {
    const { it, wished } = online();
    it.tick(25_000, false);
    it.tick(50_000, false);
    expect(wished()).toEqual(["ping", "shut", "open"]);
  });

  test("whatever was heard counts", () => {
    const { it, wished } = online();
    it.tick(25_000, false);
    it.heard(49_000);
    it.tick(50_000, false);
    expect(wished()).toEqual(["ping", "ping"]);
  });
});

describe("distrust", () => {
  test("after sleep: a ping, and no pong within 4 s means a new socket", () => {
    const { it, wished } = online();
    it.tick(3_600_000, true);
    expect(wished()).toEqual(["ping"]);
    expect(it.wakeAt()).toBe(3_604_000);
    it.tick(3_604_000, false);
    expect(wished()).toEqual(["shut", "open"]);
  });

  test("after sleep: a pong and the socket stays, though it was silent for an hour", () => {
    const { it, wished } = online();
    it.tick(3_600_000, true);
    it.heard(3_600_100);
    it.pong();
    it.tick(3_604_000, false);
    expect(wished()).toEqual(["ping"]);
  });

  test("asleep during a check: it begins anew, so there is always a time to wake", () => {
    const { it, wished } = online();
    it.nudge(20_000);
    it.tick(60_000, true);
    expect(it.wakeAt()).toBe(64_000);
    it.tick(64_000, false);
    expect(wished()).toEqual(["ping", "ping", "shut", "open"]);
  });

  test("what had arrived before the sleep is no pong", () => {
    const { it, wished } = online();
    it.tick(3_600_000, true);
    it.heard(3_600_001);
    it.tick(3_604_000, false);
    expect(wished()).toEqual(["ping", "shut", "open"]);
  });

  test("a nudge checks an open socket, once", () => {
    const { it, wished } = online();
    it.nudge(1000);
    it.nudge(1500);
    expect(wished()).toEqual(["ping"]);
    it.tick(5000, false);
    expect(it.stage).toBe("waiting"); // it hadn't lasted 10 s: no hurry
  });

  test("a nudge ends a wait", () => {
    const { it, wished } = online();
    it.closed(20_000, 1006);
    it.nudge(20_001);
    expect(wished()).toEqual(["open"]);
  });

  test("a nudge replaces a socket that has been opening for 4 s", () => {
    const { it, wished } = link();
    it.open(0);
    it.nudge(3_999);
    expect(wished()).toEqual(["open"]);
    it.nudge(4_000);
    expect(wished()).toEqual(["shut"]);
  });
});

describe("goodbyes", () => {
  test("which codes stay away", () => {
    expect([1000, 1006, 4000, 4499, 4500, 4999, 5000].filter(staysAway)).toEqual([4500, 4999]);
  });

  test("4000–4499 with retry_ms: come back, not before, and not all at once", () => {
    const { it } = online();
    it.dismissed(20_000, { code: 4000, text: "Tot zo." }, 3_000);
    expect(it.retryAt).toBe(23_000 + 125);
    it.nudge(20_001);
    expect(it.stage).toBe("waiting");
    expect(it.retryAt).toBe(23_000);
    it.tick(23_000, false);
    expect(it.bye?.text).toBe("Tot zo.");
    it.welcomed(23_100, 25_000);
    expect(it.bye).toBeUndefined();
  });

  test("4500 and up: stay away, whatever happens", () => {
    const { it, wished } = online();
    it.dismissed(20_000, { code: 4502, text: "Afgemeld." }, 0);
    it.nudge(20_001);
    it.tick(99_000, true);
    expect(wished()).toEqual(["shut"]);
    expect([it.phase, it.wakeAt(), it.bye?.code]).toEqual(["stopped", Infinity, 4502]);
  });

  test("a close code without a goodbye counts as one", () => {
    const { it } = online();
    it.closed(20_000, 4503);
    expect([it.phase, it.bye]).toEqual(["stopped", { code: 4503, text: "" }]);
    const other = online();
    other.it.closed(20_000, 1001);
    expect(other.it.phase).toBe("reconnecting");
  });
});
