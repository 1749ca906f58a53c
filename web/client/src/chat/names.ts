/** Who reacted, in words. Pure. */
const NAMED = 6;

export interface Reactors {
  /** Names of those we know, you left out. */
  readonly names: string[];
  readonly you: boolean;
  /** How many more there are. */
  readonly others: number;
}

export function reactors(actors: readonly string[], you: readonly string[], nameOf: (actor: string) => string | undefined): Reactors {
  const rest = actors.filter((actor) => !you.includes(actor));
  const names = rest.map(nameOf).filter((name) => name !== undefined).slice(0, NAMED);
  return { names, you: rest.length < actors.length, others: rest.length - names.length };
}
