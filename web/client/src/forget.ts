/** Whoever leaves this browser takes their words and their questions with them. */
import { DRAFT_PREFIX } from "./chat/draft";
import { REFUSED_PREFIX } from "./chat/live.svelte";
import { keep } from "./keep";
import { RECEIPTS_PREFIX } from "./qna/receipts";

export function forgetPerson(): void {
  keep.forget(DRAFT_PREFIX, REFUSED_PREFIX, RECEIPTS_PREFIX, "kring.read.");
}
