/** Whoever leaves this browser takes their words and their questions with them. */
import { DRAFT_PREFIX } from "./chat/draft";
import { REFUSED_PREFIX } from "./chat/live.svelte";
import { WISHES_PREFIX } from "./harvest/wishes";
import { keep } from "./keep";
import { WRITING_PREFIX } from "./library/kept";
import { RECEIPTS_PREFIX } from "./qna/receipts";

export function forgetPerson(): void {
  keep.forget(DRAFT_PREFIX, REFUSED_PREFIX, RECEIPTS_PREFIX, WISHES_PREFIX, WRITING_PREFIX, "kring.read.");
}
