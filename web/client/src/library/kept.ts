/** Under what this browser keeps items that somebody is writing. */
export const WRITING_PREFIX = "kring.item.";
