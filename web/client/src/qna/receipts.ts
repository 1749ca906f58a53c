/** One's own questions, kept in this browser: after the session is closed nobody else knows that they are. */
import type { QnaReceipt } from "../../sync/wire";
import { type Keep, keep } from "../keep";

export const RECEIPTS_PREFIX = "kring.asked.";

type Receipts = ReadonlyMap<string, QnaReceipt>;

/** Question id → receipt, as this browser last knew it. */
export function keptReceipts(room: string, from: Keep = keep): Map<string, QnaReceipt> {
  try {
    const found: unknown = JSON.parse(from.get(RECEIPTS_PREFIX + room) ?? "[]");
    return new Map(Array.isArray(found) ? found.filter(isReceipt).map((receipt) => [receipt.question, receipt]) : []);
  } catch {
    return new Map();
  }
}

export function keepReceipts(room: string, receipts: Receipts, into: Keep = keep): void {
  if (receipts.size === 0) into.remove(RECEIPTS_PREFIX + room);
  else into.set(RECEIPTS_PREFIX + room, JSON.stringify([...receipts.values()]));
}

function isReceipt(value: unknown): value is QnaReceipt {
  if (typeof value !== "object" || value === null) return false;
  const { question, text, at, status, level } = value as Partial<QnaReceipt>;
  return [question, text, status, level].every((field) => typeof field === "string") && typeof at === "number";
}
