/** What a session came to, over HTTP: reading it, choosing what the library keeps, taking it home. */
import { type Answer, get, put, type Refusal } from "../api";
import { path } from "../path";
import { language, t } from "../text/language.svelte";

export type About = "answered" | "follow_up" | "group" | "note" | "decision" | "action" | "pinned" | "saved";
export type Choice = "open" | "kept" | "dropped";
export const TYPES = ["answer", "practice", "idea", "decision", "case", "link"] as const;
export type ItemType = (typeof TYPES)[number];
export const FORMS = ["md", "json", "csv"] as const;
export type Form = (typeof FORMS)[number];

/** An item of the library as it could stand there; `body` is Markdown. */
export interface Draft {
  title: string;
  summary: string;
  body: string;
  type: ItemType;
  tags: string[];
}

/** One thing a session left. `at`: ms UTC; `due`: YYYY-MM-DD or "". */
export interface Line {
  id: string;
  room: string;
  kind: "qna" | "chat" | "board";
  record: string;
  about: About;
  at: number;
  text: string;
  name: string;
  votes: number;
  heading: string;
  answer: string;
  /** The line it belongs to. */
  part_of: string | null;
  owner: string;
  due: string;
  choice: Choice;
  /** What the library has of it, with its status; drafts are for staff. */
  item: string | null;
  status: "draft" | "published" | "outdated" | null;
  /** For staff: what was kept, else what keeping it as it stands makes of it. */
  draft: Draft | null;
}

/** `names`: who were there, where everything was said under a name. */
export interface Outcome {
  session: { id: string; title: string; purpose: string; closed_on: string };
  attendance: number;
  names: string[];
  may_harvest: boolean;
  lines: Line[];
}

export type Wish = { choice: "kept"; draft: Draft; publish: boolean } | { choice: "dropped" } | { choice: "open" };

export const harvest = {
  outcome: (session: string) => get<Outcome>(of(session, "outcome")),
  choose: (session: string, line: string, wish: Wish) => put<Line>(`${of(session, "outcome")}/${encodeURIComponent(line)}`, wish),
};

/** The whole session as a file, in the language of the page. */
export async function exported(session: string, form: Form): Promise<Answer<{ content: Blob; name: string }>> {
  try {
    const response = await fetch(path(`${of(session, "export")}?as=${form}`), {
      credentials: "same-origin",
      cache: "no-store",
      headers: { "Accept-Language": language() },
    });
    if (!response.ok) return refused((await response.json()) as Partial<Refusal>);
    const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
    return { ok: true, value: { content: await response.blob(), name: name ?? `kring.${form}` } };
  } catch {
    return refused({ reason: "unreachable" });
  }
}

function refused({ reason = "http", text, facts }: Partial<Refusal>): Refusal {
  return { ok: false, reason, text: text ?? t("unreachable"), facts: facts ?? {} };
}

function of(session: string, what: "outcome" | "export"): string {
  return `/api/sessions/${encodeURIComponent(session)}/${what}`;
}
