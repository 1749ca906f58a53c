// A page that is in a room already, and what a server says to it.
import { connect } from "../connect";
import type { Kring, Options, Room } from "../api";
import type { Joined, RefusedMessage } from "../wire";
import { joined, WELCOME, World } from "./world";

export interface Here {
  world: World;
  kring: Kring;
  room: Room;
}

export function post(text: string): { t: "chat.post"; text: string } {
  return { t: "chat.post", text };
}

export function refused(id: string, more: Partial<RefusedMessage> = {}): RefusedMessage {
  return { t: "refused", id, room: "r", reason: "forbidden", text: "Dat mag niet.", ...more };
}

/** A socket opened and welcomed, and room r joined on it. */
export function arrive(world: World, more: Partial<Joined> = {}): void {
  world.socket.opens();
  world.socket.says(WELCOME);
  world.socket.says(joined(world.socket, more));
}

export function here(storage: World["storage"] = null, more: Partial<Options> = {}): Here {
  const world = new World(storage);
  const kring = connect(world.options(more));
  const room = kring.join("r");
  arrive(world);
  return { world, kring, room };
}

/** The connection is lost, the next one stands. */
export function reconnect(world: World, more: Partial<Joined> = {}): void {
  world.socket.drops();
  world.passes(300);
  arrive(world, { full: false, put: {}, ...more });
}
