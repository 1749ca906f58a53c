/** The server's HTTP API. Nothing here throws: an answer is a value or a refusal with a sentence. */
import { naming } from "./making/place.svelte";
import { path } from "./path";
import { language, t } from "./text/language.svelte";

export type Role = "screen" | "guest" | "member" | "moderator" | "owner";
export type Level = "named" | "pseudonymous" | "anonymous";
export type Fact = string | number | boolean | null;

export interface Person {
  name: string;
  role: Role;
}
export interface Me {
  person: Person | null;
  lang: string;
  community: { name: string; purpose: string; lang: string };
  place: Place | null;
}
/** Where somebody is. `to_begin`: they own it, and have yet to say what it is; `founds`: they may make another. */
export interface Place {
  community: string;
  communities: { id: string; name: string }[];
  to_begin: boolean;
  to_accept: { edition: number; text: string } | null;
  founds: boolean;
}
export interface RoomSummary {
  id: string;
  kind: string;
  title: string;
  state: string;
}
export interface Door {
  community: { name: string; purpose: string; agreements: string; edition: number };
  room: RoomSummary;
  anonymity: Level;
  here: number;
  session: SessionAtDoor | null;
}
/** The columns a board begins with. */
export type Template = "start_stop_continue" | "keep_change_try" | "what" | "upkeep" | "ideas" | "empty";
export type SessionState = "planned" | "open" | "locked" | "closing" | "closed";
export interface SessionAtDoor {
  id: string;
  title: string;
  level: Level;
  state: SessionState;
}
/** `code`: for members and staff, while it is open. */
export interface SessionInList extends SessionAtDoor {
  code: string | null;
}
export interface Session extends SessionInList {
  purpose: string;
  /** Until when closing can be taken back; null: it isn't closing, or for good. */
  closes_at: number | null;
  closed_on: string | null;
  /** Since which day what was said in it is kept no longer. */
  swept_on: string | null;
  review: boolean;
  role: Role;
  /** What this person is called where they don't go by name. */
  nickname: string;
  community: { id: string; name: string };
  rooms: RoomSummary[];
  join_url: string | null;
  /** For staff: votes and what isn't named are refused. */
  secret_gone: boolean;
}
export interface Community {
  name: string;
  purpose: string;
  role: Role;
  /** `code`: for members and staff only. */
  rooms: (RoomSummary & { code?: string | null })[];
  sessions: SessionInList[];
  join_url?: string | null;
  /** What a new session begins with. */
  defaults: SessionDefaults;
}
/** `board`: the columns of one that it begins with. */
export interface SessionDefaults {
  level: Level;
  review: boolean;
  board: Template | null;
}
/** What a step in a session's life led to. */
export interface Stepped {
  state: SessionState;
  closes_at?: number | null;
}
/** Where one came in. */
export interface Entrance {
  room: string;
  session?: SessionAtDoor;
}
export interface Hit {
  id: string;
  n: number;
  at: number;
  name: string;
  staff: boolean;
  parts: [text: string, isMatch: boolean][];
}
export interface Hits {
  hits: Hit[];
  more: boolean;
}

export interface Refusal {
  ok: false;
  reason: string;
  text: string;
  facts: Record<string, Fact>;
}
export type Answer<T> = { ok: true; value: T } | Refusal;

export const api = {
  me: () => get<Me>("/api/me"),
  lookUp: (code: string) => post<Door>("/api/codes", { code }),
  /** `agreed`: the edition of the agreements that stood at the door. */
  join: (code: string, agreed: number, name?: string) => post<Entrance>("/api/join", name === undefined ? { code, agreed } : { code, agreed, name }),
  signIn: (token: string, name?: string) => post<Entrance & { person: Person; token?: string }>("/api/sign-in", name === undefined ? { token } : { token, name }),
  signOut: () => post<unknown>("/api/sign-out", {}),
  community: () => get<Community>("/api/community"),
  start: (wish: { title: string; purpose: string; level: Level; review: boolean; planned: boolean; board: Template | null }) => post<{ id: string }>("/api/sessions", wish),
  /** `token`: of a screen, whose browser may be somebody's own. */
  session: (id: string, token?: string) => get<Session>(ofSession(id), undefined, token),
  addBoard: (id: string, wish: { title: string; template: Template }) => post<{ id: string }>(`${ofSession(id)}/boards`, wish),
  describe: (id: string, wish: { title: string; purpose: string }) => put<{ title: string; purpose: string }>(ofSession(id), wish),
  step: (id: string, step: "open" | "lock" | "unlock" | "close" | "take-back") => post<Stepped>(`${ofSession(id)}/${step}`, {}),
  screen: (id: string) => post<{ url: string }>(`${ofSession(id)}/screen`, {}),
  search: (room: string, words: string, offset: number, signal: AbortSignal) =>
    get<Hits>(`/api/rooms/${encodeURIComponent(room)}/search?${new URLSearchParams({ q: words, offset: `${offset}` })}`, signal),
};

export function qrAddress(room: string): string {
  return path(`/api/rooms/${encodeURIComponent(room)}/qr.svg`);
}

export function sessionQrAddress(session: string): string {
  return path(`${ofSession(session)}/qr.svg`);
}

function ofSession(id: string): string {
  return `/api/sessions/${encodeURIComponent(id)}`;
}

export function get<T>(address: string, signal?: AbortSignal, token?: string): Promise<Answer<T>> {
  return ask<T>(address, { ...(signal && { signal }), ...(token && { headers: { Authorization: `Bearer ${token}` } }) });
}

export function post<T>(address: string, body: unknown): Promise<Answer<T>> {
  return write<T>("POST", address, body);
}

export function put<T>(address: string, body: unknown): Promise<Answer<T>> {
  return write<T>("PUT", address, body);
}

export function del<T>(address: string): Promise<Answer<T>> {
  return write<T>("DELETE", address);
}

function write<T>(method: "POST" | "PUT" | "DELETE", address: string, body?: unknown): Promise<Answer<T>> {
  return ask<T>(address, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: { "Content-Type": "application/json", "X-Kring": "1" },
  });
}

async function ask<T>(address: string, request: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path(naming(address)), {
      ...request,
      credentials: "same-origin",
      cache: "no-store",
      headers: { ...request.headers, Accept: "application/json", "Accept-Language": language() },
    });
    const body: unknown = response.status === 204 ? null : await response.json();
    return response.ok ? { ok: true, value: body as T } : refusal(response.status, body);
  } catch (error) {
    const reason = error instanceof DOMException && error.name === "AbortError" ? "aborted" : "unreachable";
    return { ok: false, reason, text: t("unreachable"), facts: {} };
  }
}

function refusal(status: number, body: unknown): Refusal {
  const { reason, text, facts } = (body ?? {}) as Partial<Refusal>;
  return { ok: false, reason: reason ?? `http_${status}`, text: text ?? t("unreachable"), facts: facts ?? {} };
}
