/** The steps in a session's life that staff take: what they ask of the server, and what they are told. */
import { api } from "../api";
import { show } from "../kit/toasts.svelte";
import { t } from "../text/language.svelte";
import type { Here } from "./here.svelte";

export type Step = "open" | "lock" | "unlock" | "take-back";

export class Life {
  /** The step that is under way. */
  busy = $state<Step | null>(null);
  readonly #here: () => Here;

  constructor(here: () => Here) {
    this.#here = here;
  }

  /** True when it is done. A refusal is shown, with what is the case now; one step at a time. */
  async take(step: Step): Promise<boolean> {
    if (this.busy !== null) return false;
    const here = this.#here();
    this.busy = step;
    const answer = await api.step(here.session.id, step);
    if (answer.ok) here.told(answer.value);
    else if (answer.reason !== "unreachable") await this.#look(here);
    this.busy = null;
    show({ text: answer.ok ? t(`life-did-${step}`) : answer.text });
    return answer.ok;
  }

  async #look(here: Here): Promise<void> {
    const answer = await api.session(here.session.id);
    if (answer.ok) here.session = answer.value;
  }
}
