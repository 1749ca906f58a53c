"""A device with a passkey, as the standard says one answers: the tests' own, so that it can also answer wrongly."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import struct

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


def b64(raw: bytes) -> str:
    """As our API takes bytes."""
    return base64.b64encode(raw).decode()


def raw(told: object) -> bytes:
    return base64.b64decode(str(told))


class Authenticator:
    """One key. `page`: the origin of the page it is asked on.

    `uses`: how often it was used; 0 for ever on devices that don't count.
    """

    def __init__(self, *, counts: bool = True) -> None:
        self.id = secrets.token_bytes(16)
        self.handle = b""
        self.uses = 0
        self._counts = counts
        self._key = ec.generate_private_key(ec.SECP256R1())

    def made(self, told: dict[str, object], page: str, **changes: object) -> dict[str, object]:
        """The answer to a wish for a new passkey: what the API takes, but for its name."""
        self.handle = raw(told["handle"])
        point = self._key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor2.dumps(cose)
        data = self._data(str(changes.get("site", told["site"])), ATTESTED, changes) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", raw(told["challenge"]), str(changes.get("origin", page)))
        return {"credential": b64(self.id), "client_data": b64(client), "attestation": b64(attestation)}

    def signed(self, told: dict[str, object], page: str, **changes: object) -> dict[str, object]:
        """The answer to a wish to sign in."""
        self.uses += self._counts
        data = self._data(str(changes.get("site", told["site"])), 0, changes)
        client = self._client("webauthn.get", raw(told["challenge"]), str(changes.get("origin", page)))
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return {
            "credential": b64(self.id),
            "handle": b64(self.handle),
            "client_data": b64(client),
            "authenticator_data": b64(data),
            "signature": b64(signature),
        }

    def _data(self, site: str, more: int, changes: dict[str, object]) -> bytes:
        flags = PRESENT | (VERIFIED if changes.get("verified", True) else 0) | more
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + struct.pack(">I", self.uses)

    def _client(self, act: str, challenge: bytes, origin: str) -> bytes:
        told = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        return json.dumps({"type": act, "challenge": told, "origin": origin, "crossOrigin": False}).encode()
