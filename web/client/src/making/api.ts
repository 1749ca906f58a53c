/** Communities over HTTP: saying what one is, making another, changing and removing one. */
import { get, post, put } from "../api";
import type { Language } from "../text/catalogue";

export type Preset = "helping" | "best_practice" | "stewarding" | "innovation";
export const PRESETS: readonly Preset[] = ["helping", "best_practice", "stewarding", "innovation"];
/** As the server has them. */
export const MOST_IN_COMMUNITY_NAME = 80;
export const MOST_IN_AGREEMENTS = 2_000;

/** What an owner says of a community. */
export interface Description {
  name: string;
  purpose: string;
  lang: Language;
  preset: Preset;
}
/** `people`, `sessions`: how many there are in it; `live`: of those sessions, how many go on. */
export interface CommunitySettings extends Description {
  id: string;
  agreements: string;
  people: number;
  sessions: number;
  live: number;
}

export const making = {
  begin: (said: Description & { owner: string }) => post<{ id: string }>("/api/begin", said),
  create: (said: Description) => post<{ id: string }>("/api/communities", said),
  look: () => get<CommunitySettings>("/api/community/settings"),
  edit: (said: Description & { agreements: string }) => put<CommunitySettings>("/api/community/settings", said),
  accept: (edition: number) => post<unknown>("/api/community/agreements", { edition }),
  remove: (name: string) => post<unknown>("/api/community/remove", { name }),
};
