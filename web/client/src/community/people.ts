export interface Present {
  readonly actor: string;
  readonly name: string;
  readonly staff: boolean;
  readonly you: boolean;
}

/** You first, then staff, then everybody by name. */
export function sortedPeople(people: ReadonlyMap<string, { readonly name: string; readonly staff?: boolean }>, you: readonly string[]): Present[] {
  return [...people]
    .map(([actor, { name, staff = false }]) => ({ actor, name, staff, you: you.includes(actor) }))
    .sort((a, b) => Number(b.you) - Number(a.you) || Number(b.staff) - Number(a.staff) || a.name.localeCompare(b.name));
}
