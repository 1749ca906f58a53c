/** What is said of an act: at once, with a way back for a while; and why it was refused. */
import type { Outcome } from "../../sync";
import { announce } from "../kit/announcer.svelte";
import { settle, show, toast } from "../kit/toasts.svelte";
import { t } from "../text/language.svelte";

export const UNDO_MS = 8_000;

export type Refused = Extract<Outcome, { done: false }>;

/** Says `said` of what was given, and offers to undo it. `instead`: to say of a refusal, where the server's sentence says less. */
export function tell(given: Promise<Outcome>, said: string, undo?: () => Promise<Outcome>, instead: (outcome: Refused) => string = () => ""): void {
  const back = async () => {
    if (!(await given).done || !undo) return;
    const outcome = await undo();
    if (outcome.done) announce(t("board-undone"));
    else refuse(outcome, t("board-undo-late"));
  };
  const offered = undo && { label: t("undo"), ms: UNDO_MS, act: () => void back(), expired: () => {} };
  show(offered ? { text: said, undo: offered } : { text: said });
  void given.then((outcome) => {
    if (outcome.done) return;
    if (offered && toast()?.undo === offered) settle();
    refuse(outcome, instead(outcome));
  });
}

/** Says why it was not done. */
export function refuse(outcome: Outcome, instead = ""): void {
  if (outcome.done || outcome.reason === "left" || outcome.reason === "someone_else") return;
  show({ text: instead || outcome.text || t("refused-somehow") });
}
