/** What own commands that are not done yet make of a board. Pure. */
import type { Command, Pending } from "../../sync";
import { type GroupThing, type Note, type Phase, type Things, unwritten } from "./card";
import { placeAfter } from "./places";

interface Draft {
  columns: Map<string, Mutable<Things["columns"]>>;
  notes: Map<string, Note>;
  groups: Map<string, GroupThing>;
  results: Map<string, Mutable<Things["results"]>>;
}
type Mutable<M> = M extends ReadonlyMap<string, infer V> ? V : never;

/** Things as they will be; `things` itself where no command is about them. */
export function foreseen(things: Things, pending: readonly Pending[], phase: Phase): Things {
  if (!pending.some(({ cmd }) => lays(cmd))) return things;
  const draft: Draft = { columns: new Map(things.columns), notes: new Map(things.notes), groups: new Map(things.groups), results: new Map(things.results) };
  for (const { id, cmd, at, sent } of pending) apply(draft, id, cmd, at, sent, phase);
  return draft;
}

function lays({ t }: Command): boolean {
  return t.startsWith("board.") && !["board.vote", "board.ready", "board.go", "board.set"].includes(t);
}

function apply(draft: Draft, id: string, cmd: Command, at: number, sent: boolean, phase: Phase): void {
  const { columns, notes, groups, results } = draft;
  switch (cmd.t) {
    case "board.write":
      notes.set(id, unwritten(id, cmd.column, cmd.text, at, sent ? "sending" : "waiting", phase === "write"));
      break;
    case "board.edit":
      change(notes, cmd.note, (note): Note => ({ ...note, text: cmd.text, standing: sent ? "sending" : "waiting" }));
      break;
    case "board.delete":
      notes.delete(cmd.note);
      break;
    case "board.move":
      put(draft, cmd.card, cmd.within, placeAfter(lying(draft, cmd.within), cmd.after, cmd.card));
      break;
    case "board.group_with":
      together(draft, id, cmd.note, cmd.other);
      break;
    case "board.name_group":
      change(groups, cmd.group, (group) => ({ ...group, text: cmd.text }));
      break;
    case "board.ungroup":
      apart(draft, cmd.group);
      break;
    case "board.name_column":
      change(columns, cmd.column, (column) => ({ ...column, title: cmd.title, hint: cmd.hint ?? "" }));
      break;
    case "board.move_column":
      change(columns, cmd.column, (column) => ({ ...column, place: placeAfter([...columns.values()], cmd.after, cmd.column) }));
      break;
    case "board.remove_column":
      columns.delete(cmd.column);
      break;
    case "board.plan":
      results.set(id, { id, sort: "action", at, text: cmd.text, owner: cmd.owner ?? "", due: cmd.due ?? "", about: cmd.about ?? null, rev: 0 });
      break;
    case "board.decide":
      results.set(id, { id, sort: "decision", at, text: cmd.text, owner: "", due: "", about: cmd.about ?? null, rev: 0 });
      break;
    case "board.revise":
      change(results, cmd.result, (result) => ({ ...result, text: cmd.text, owner: cmd.owner ?? "", due: cmd.due ?? "" }));
      break;
    case "board.drop":
      results.delete(cmd.result);
  }
}

function change<T>(things: Map<string, T>, id: string, to: (thing: T) => T): void {
  const found = things.get(id);
  if (found) things.set(id, to(found));
}

function put({ notes, groups }: Draft, card: string, within: string, place: number): void {
  change(notes, card, (note) => ({ ...note, within, place }));
  change(groups, card, (group) => ({ ...group, within, place }));
}

function lying({ notes, groups }: Draft, within: string): { id: string; place: number }[] {
  return [...notes.values(), ...groups.values()].filter((card) => card.within === within);
}

function together(draft: Draft, id: string, note: string, other: string): void {
  const meant = draft.notes.get(other) ?? draft.groups.get(other);
  if (!meant || note === other) return;
  const group = meant.kind === "group" ? other : meant.within;
  if (draft.groups.has(group)) return put(draft, note, group, placeAfter(lying(draft, group), "", note));
  draft.groups.set(id, { kind: "group", id, within: meant.within, place: meant.place, text: "", votes: 0, rev: 0 });
  put(draft, other, id, 0);
  put(draft, note, id, 1);
}

function apart(draft: Draft, id: string): void {
  const group = draft.groups.get(id);
  if (!group) return;
  let after = id;
  for (const { id: note } of lying(draft, id).sort((a, b) => a.place - b.place)) {
    put(draft, note, group.within, placeAfter(lying(draft, group.within), after, note));
    after = note;
  }
  draft.groups.delete(id);
}

/** One's dots per card, as they will be. */
export function foreseenDots(dots: Readonly<Record<string, number>>, pending: readonly Pending[]): ReadonlyMap<string, number> {
  const found = new Map(Object.entries(dots));
  for (const { cmd } of pending) if (cmd.t === "board.vote") found.set(cmd.card, cmd.dots);
  for (const [card, count] of found) if (count === 0) found.delete(card);
  return found;
}
