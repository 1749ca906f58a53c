/** Invitations, as the server has them. */
import { get, post, type Role } from "../api";

export type Standing = "open" | "used_up" | "expired" | "revoked";
export interface Invitation {
  id: string;
  role: Role;
  note: string;
  /** "": they are gone. */
  made_by: string;
  created_on: string;
  /** ms */
  expires_at: number;
  most: number;
  used: number;
  left: number;
  standing: Standing;
}
/** What a new one should be. */
export interface Wish {
  role: Role;
  note: string;
  days: number;
  uses: number;
}
/** Told once: its address, and the drawing of that. */
export interface Made {
  id: string;
  url: string;
  qr: string;
}
/** What somebody learns who has the link. */
export interface Seen {
  community: { name: string; purpose: string };
  role: Role;
  made_by: string;
  expires_at: number;
  you: { name: string; role: Role | null } | null;
}

export const MOST_IN_NOTE = 80;
export const MOST_USES = 1_000;

export const invitations = {
  all: () => get<{ invitations: Invitation[]; may: Role[] }>("/api/invitations"),
  make: (wish: Wish) => post<Made>("/api/invitations", wish),
  revoke: (id: string) => post<unknown>(`/api/invitations/${encodeURIComponent(id)}/revoke`, {}),
  look: (token: string) => post<Seen>("/api/invitation", { token }),
  redeem: (token: string, name?: string) => post<{ name: string; role: Role }>("/api/invitation/redeem", name === undefined ? { token } : { token, name }),
};
