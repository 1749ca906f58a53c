/** Going to the question that the address names, or else to the message of the chat. */
import { tick, untrack } from "svelte";
import { showPlace } from "../kit/place";
import { show } from "../kit/toasts.svelte";
import { type Anchor, anchor } from "../route.svelte";
import { t } from "../text/language.svelte";
import type { Here } from "./here.svelte";

export class Finding {
  /** The message to go to. */
  message = $state.raw<Anchor | null>(null);

  /** Made with a page. `inList`: shows the question with this id in its list, if it stands there. */
  constructor(
    readonly here: () => Here,
    readonly inList: (id: string) => Promise<boolean> | undefined,
  ) {
    $effect(() => {
      const at = anchor();
      this.message = null;
      if (at && here().qna.known && here().chat.known) untrack(() => void this.#find(at));
    });
    // Seen once, it isn't looked for again by who comes back to the chat.
    $effect(() => {
      if (here().place !== "chat") this.message = null;
    });
  }

  async #find(at: Anchor): Promise<void> {
    const here = this.here();
    const isQuestion = here.qna.questions.has(at.id);
    here.place = isQuestion ? "questions" : "chat";
    await tick();
    if (!isQuestion) this.message = at;
    else if (!(await this.inList(at.id))) onStage(at.id);
  }
}

function onStage(id: string): void {
  const stage = document.querySelector<HTMLElement>(`[data-stage="${CSS.escape(id)}"]`);
  if (stage) showPlace(stage);
  else show({ text: t("place-gone") });
}
