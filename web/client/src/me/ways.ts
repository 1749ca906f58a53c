/** Ways in beside a code and a link, as the server has them. */
import { type Answer, get, post } from "../api";

export interface Offered {
  mail: boolean;
  passkeys: boolean;
}
export interface Passkey {
  id: string;
  name: string;
  created_on: string;
}
/** What a mailed link does: it signs `name` in, or shows the address `confirms` to be theirs. */
export interface Mailed {
  name: string;
  confirms: string | null;
}
/** Bytes are base64. */
export interface ToAdd {
  challenge: string;
  site: string;
  community: string;
  handle: string;
  person: string;
  known: string[];
}
export interface ToSignIn {
  challenge: string;
  site: string;
}

export const MOST_IN_ADDRESS = 254;
/** How the token of a mailed link begins, at the address of the sign-in page. */
export const MAILED = "mail.";

export const ways = {
  offered: () => get<Offered>("/api/ways-in"),
  address: () => get<{ address: string | null }>("/api/me/mail"),
  addAddress: (address: string) => post<{ minutes: number }>("/api/me/mail", { address }),
  forgetAddress: () => post<{ address: null }>("/api/me/mail/forget", {}),
  askMail: (address: string) => post<{ minutes: number }>("/api/mail", { address }),
  mailed: (token: string) => post<Mailed>("/api/mail/link", { token }),
  useMailed: (token: string) => post<{ name: string; confirmed: string | null }>("/api/mail/redeem", { token }),
  passkeys: () => get<{ passkeys: Passkey[] }>("/api/me/passkeys"),
  askToAdd: () => post<ToAdd>("/api/me/passkeys/ask", {}),
  addPasskey: (made: Record<string, string>) => post<{ id: string }>("/api/me/passkeys", made),
  removePasskey: (id: string) => post<unknown>(`/api/me/passkeys/${encodeURIComponent(id)}/remove`, {}),
  askToSignIn: () => post<ToSignIn>("/api/passkeys/ask", {}),
  signInByPasskey: (signed: Record<string, string>) => post<{ name: string }>("/api/passkeys/sign-in", signed),
} satisfies Record<string, (...given: never[]) => Promise<Answer<unknown>>>;
