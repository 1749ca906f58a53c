/** The browser's side of passkeys: what the server asks goes to the device, what the device answers to the server. */
import type { ToAdd, ToSignIn } from "./ways";

/** ES256, EdDSA, RS256: one of them every device has. */
const KINDS = [-7, -8, -257];
const PATIENCE_MS = 300_000;

/** The person said no, the device did, or it took too long: browsers don't tell which. `known`: it has one already. */
export class NotDone extends Error {
  constructor(readonly known: boolean) {
    super("no passkey was used");
  }
}

export function hasPasskeys(): boolean {
  return window.isSecureContext && typeof PublicKeyCredential !== "undefined" && navigator.credentials !== undefined;
}

/** Has the device make one. Rejects with NotDone. */
export async function made(told: ToAdd): Promise<Record<string, string>> {
  const found = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: bytes(told.challenge),
        rp: { id: told.site, name: told.community },
        user: { id: bytes(told.handle), name: told.person, displayName: told.person },
        pubKeyCredParams: KINDS.map((alg) => ({ type: "public-key", alg })),
        authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
        excludeCredentials: told.known.map((id) => ({ type: "public-key", id: bytes(id) })),
        attestation: "none",
        timeout: PATIENCE_MS,
      },
    }),
  );
  const response = found.response as AuthenticatorAttestationResponse;
  return { credential: text(found.rawId), client_data: text(response.clientDataJSON), attestation: text(response.attestationObject) };
}

/** Has the device sign, with whichever of its passkeys for this Kring the person chooses. Rejects with NotDone. */
export async function signed(told: ToSignIn): Promise<Record<string, string>> {
  const found = await asked(() =>
    navigator.credentials.get({ publicKey: { challenge: bytes(told.challenge), rpId: told.site, userVerification: "required", timeout: PATIENCE_MS } }),
  );
  const response = found.response as AuthenticatorAssertionResponse;
  return {
    credential: text(found.rawId),
    handle: text(response.userHandle ?? new ArrayBuffer(0)),
    client_data: text(response.clientDataJSON),
    authenticator_data: text(response.authenticatorData),
    signature: text(response.signature),
  };
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const found = await ask();
    if (found instanceof PublicKeyCredential) return found;
  } catch (error) {
    if (error instanceof DOMException) throw new NotDone(error.name === "InvalidStateError");
    throw error;
  }
  throw new NotDone(false);
}

export function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

export function text(raw: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(raw)));
}
