/** Finds web addresses in somebody's words. */
export interface Part {
  readonly text: string;
  readonly href?: string;
}

const ADDRESS = /https?:\/\/[^\s<>"“”]+/gi;

export function withLinks(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = trimmed(found[0]);
    if (!URL.canParse(address)) continue;
    if (found.index > end) parts.push({ text: text.slice(end, found.index) });
    parts.push({ text: address, href: address });
    end = found.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Without the punctuation that belongs to the sentence, and without a bracket that was opened before the address. */
function trimmed(address: string): string {
  let rest = address.replace(/[.,;:!?'’]+$/, "");
  while (rest.endsWith(")") && rest.split("(").length < rest.split(")").length) rest = rest.slice(0, -1).replace(/[.,;:!?'’]+$/, "");
  return rest;
}
