/** The codes this device used before, newest first. */
import { type Keep, keep } from "../keep";

const KEY = "kring.codes";
const MOST = 5;

export interface RecentCode {
  code: string;
  community: string;
}

export function recentCodes(from: Keep = keep): RecentCode[] {
  try {
    const found: unknown = JSON.parse(from.get(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isRecent).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function remember(used: RecentCode, into: Keep = keep): void {
  const others = recentCodes(into).filter((known) => known.code !== used.code);
  into.set(KEY, JSON.stringify([used, ...others].slice(0, MOST)));
}

export function forgetCode(code: string, from: Keep = keep): void {
  from.set(KEY, JSON.stringify(recentCodes(from).filter((known) => known.code !== code)));
}

function isRecent(value: unknown): value is RecentCode {
  if (typeof value !== "object" || value === null) return false;
  const { code, community } = value as Partial<RecentCode>;
  return typeof code === "string" && typeof community === "string";
}
