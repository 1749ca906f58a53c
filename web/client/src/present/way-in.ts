/** How a screen gets in: with the token of its link, once; after a reload with what came of it. */
import { api, type Refusal, type Session } from "../api";
import { t } from "../text/language.svelte";
import { tokens } from "./own.svelte";

export type Entered = { session: Session; token: string };
/** `retry`: it may go better another time. */
export type Trouble = { why: string; retry: boolean };

/** `link`: the token of the link; "" after a reload. */
export async function enter(id: string, link: string): Promise<Entered | Trouble> {
  const token = await tokenOf(id, link);
  if (typeof token !== "string") return token;
  const answer = await api.session(id, token);
  if (answer.ok) return { session: answer.value, token };
  if (answer.reason === "unreachable") return trouble(answer);
  tokens.forget(id);
  return { why: t("screen-none"), retry: false };
}

async function tokenOf(id: string, link: string): Promise<string | Trouble> {
  const kept = tokens.of(id);
  if (link === "") return kept ?? { why: t("screen-link-incomplete"), retry: false };
  const answer = await api.signIn(link);
  if (!answer.ok) {
    if (answer.reason !== "link_spent") return trouble(answer);
    return kept ?? { why: t("screen-link-spent"), retry: false }; // spent by this very tab, perhaps
  }
  const { token } = answer.value;
  if (token === undefined) return { why: t("screen-none"), retry: false }; // a link of somebody's own
  tokens.keep(id, token);
  return token;
}

function trouble({ text }: Refusal): Trouble {
  return { why: text, retry: true };
}
