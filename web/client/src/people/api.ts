/** The people of a community, and oneself among them, as the server has them. */
import { del, get, put, type Role } from "../api";

export type MemberRole = Exclude<Role, "screen">;
export interface Member {
  id: string;
  name: string;
  role: MemberRole;
  /** The month: 2026-11. */
  since: string;
  /** What others may ask them about; perhaps nothing. */
  about: string;
  you: boolean;
}
export interface Directory {
  members: Member[];
  may_change: boolean;
}
export interface SignIn {
  id: string;
  /** Firefox, Android; null: unknown. */
  device: string | null;
  /** A day: 2026-11-23. */
  created_on: string;
  here: boolean;
}
export interface Own {
  name: string;
  about: string;
  role: Role;
  sign_ins: SignIn[];
  communities: string[];
}
export interface Profile {
  name: string;
  about: string;
}

export const MOST_IN_ABOUT = 200;
export const ROLES: readonly MemberRole[] = ["guest", "member", "moderator", "owner"];

const of = (member: string) => `/api/members/${encodeURIComponent(member)}`;

export const people = {
  all: () => get<Directory>("/api/members"),
  change: (member: string, role: MemberRole) => put<{ role: MemberRole }>(of(member), { role }),
  remove: (member: string) => del<unknown>(of(member)),
  own: () => get<Own>("/api/me/own"),
  describe: (profile: Profile) => put<Profile>("/api/me/own", profile),
  leave: () => del<unknown>("/api/me/membership"),
  end: (signIn: string) => del<unknown>(`/api/me/sign-ins/${encodeURIComponent(signIn)}`),
  endOthers: () => del<unknown>("/api/me/sign-ins"),
};
