/** Programs that take part, as the server has them. */
import { get, post, type Role } from "../api";

export type ProgramRole = Extract<Role, "guest" | "member" | "moderator">;
export const ROLES: readonly ProgramRole[] = ["guest", "member", "moderator"];
export const MOST_IN_NAME = 28;

export interface Program {
  id: string;
  /** With the mark of a program behind it. */
  name: string;
  role: ProgramRole;
  /** "": they are gone, or it was made on the server. */
  made_by: string;
  /** Days, as 2026-11-23. */
  created_on: string;
  /** null: it never was here. */
  used_on: string | null;
}
/** Told once: its token. */
export interface Made {
  id: string;
  name: string;
  token: string;
}

export const programs = {
  all: () => get<{ programs: Program[] }>("/api/programs"),
  make: (wish: { name: string; role: ProgramRole }) => post<Made>("/api/programs", wish),
  revoke: (id: string) => post<unknown>(`/api/programs/${encodeURIComponent(id)}/revoke`, {}),
};
