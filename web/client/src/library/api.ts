/** The library over HTTP: looking for something, reading an item, writing one. */
import { get, post, put } from "../api";
import type { Draft, ItemType } from "../harvest/api";

export type Status = "draft" | "published" | "outdated";
export const STATUSES: readonly Status[] = ["published", "draft", "outdated"];
/** A text in pieces, each with whether it is what was asked for. */
export type Parts = readonly (readonly [text: string, isMatch: boolean])[];
/** Value and how many. */
export type Count<T extends string = string> = readonly [value: T, count: number];

/** Something found. `id`: of the item, or of the record in its room. */
export interface Hit {
  where: "item" | "qna" | "chat" | "board";
  id: string;
  room: string | null;
  session: { id: string; title: string } | null;
  at: number;
  title: Parts;
  text: Parts;
  type: ItemType | null;
  tags: readonly string[];
  status: Status | null;
  name: string;
}

export interface Facets {
  type: readonly Count<ItemType>[];
  tag: readonly Count[];
  session: readonly (readonly [id: string, title: string, count: number])[];
  status: readonly Count<Status>[];
}

/** `instead`: the words that were looked for, where nothing held those that were typed. */
export interface Found {
  hits: readonly Hit[];
  total: number;
  more: boolean;
  facets: Facets;
  instead: string | null;
}

export interface Source {
  session: { id: string; title: string; closed_on: string | null };
  room: string;
  kind: "qna" | "chat" | "board";
  record: string;
  at: number;
  votes: number;
}

/** `name`: who wrote it; "": Kring, from what a session left. */
export interface VersionInList {
  version: number;
  at: number;
  name: string;
  status: Status;
}

/** As it was in one of its versions. */
export interface Version extends VersionInList, Draft {}

/** `html`: its body, made safe by the server. `versions`: newest first. */
export interface Item extends Draft {
  id: string;
  html: string;
  status: Status;
  version: number;
  updated_at: number;
  contributors: readonly string[];
  may_edit: boolean;
  source: Source | null;
  versions: readonly VersionInList[];
}

/** What an item is made of, with how it stands. */
export interface Wish extends Draft {
  status: Status;
}

export const library = {
  /** `query`: as in the address of the page. */
  search: (query: URLSearchParams, offset: number, signal: AbortSignal) => {
    const asked = new URLSearchParams(query);
    if (offset > 0) asked.set("offset", `${offset}`);
    return get<Found>(`/api/library?${asked}`, signal);
  },
  tags: () => get<Count[]>("/api/library/tags"),
  read: (item: string) => get<Item>(of(item)),
  version: (item: string, version: number) => get<Version>(`${of(item)}/versions/${version}`),
  create: (wish: Wish) => post<{ id: string }>("/api/library", wish),
  /** `version`: the one that was edited. */
  save: (item: string, version: number, wish: Wish) => put<{ version: number }>(of(item), { version, ...wish }),
  preview: (body: string) => post<{ html: string }>("/api/library/preview", { body }),
};

function of(item: string): string {
  return `/api/library/${encodeURIComponent(item)}`;
}
