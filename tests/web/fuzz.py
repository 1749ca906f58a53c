"""Bad requests and messages without end, from a seed; none of them is one that somebody may send."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

import msgspec
from msgspec import Struct

from rooms.kind import kinds
from rooms.model import Command
from tests.web.cells import NOWHERE, example

UNKNOWN = "zz"
"""A field that no shape of ours has."""
PLACES = (
    "{session}",
    "{room}",
    "{line}",
    "{item}",
    "{version}",
    "{code}",
    "{board}",
    "{member}",
    "{sign_in}",
    "{invitation}",
    "{passkey}",
    "{program}",
)


class Ask(Struct, frozen=True):
    """An HTTP request as its bytes say it; `close`: the server may well end the connection over it."""

    head: bytes
    body: bytes


class Known(Struct, frozen=True):
    """What whoever tries knows: real addresses and ids, somebody's cookie, and the server's own origin."""

    routes: Sequence[tuple[str, str]]
    ids: Sequence[str]
    cookie: str
    origin: str
    host: str


def _text(dice: random.Random) -> str:
    return dice.choice(
        [
            "",
            "x" * dice.choice([1, 81, 401, 2_001, 20_000]),
            "../" * 8 + "etc/passwd",
            "..%2f..%2fsecret",
            "\x00",
            "\u202e\u200b",
            "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
            "' OR 1=1 --",
            '"* NEAR( AND',
            "<script>alert(1)</script>",
            "%s%n{0}{{",
            "=cmd|' /C calc'!A0",
            "-1",
            "9" * dice.choice([30, 4_400]),
            "NaN",
            "".join(chr(dice.randrange(0x20, 0x2FFF)) for _ in range(dice.randrange(12))),
        ]
    )


def anything(dice: random.Random, depth: int = 3) -> object:
    """A value of any kind."""
    roll = dice.randrange(9 if depth else 6)
    if roll >= 7:
        return {_text(dice)[:20]: anything(dice, depth - 1) for _ in range(dice.randrange(4))}
    if roll == 6:
        return [anything(dice, depth - 1) for _ in range(dice.randrange(4))]
    return [None, dice.random() < 0.5, dice.randrange(-(2**70), 2**70), dice.random() * 1e300, _text(dice), ""][roll]


def spoilt(dice: random.Random, body: dict[str, object]) -> dict[str, object]:
    """A body with values of other kinds, and always a field too many."""
    found = {name: anything(dice) if dice.random() < 0.4 else value for name, value in body.items()}
    for name in list(found):
        if dice.random() < 0.15:
            del found[name]
    return {**found, UNKNOWN: anything(dice)}


def _bytes(dice: random.Random, content: object) -> bytes:
    """As JSON; now and then cut off, or with bytes that are none."""
    raw = json.dumps(content, ensure_ascii=dice.random() < 0.5).encode("utf-8", "replace")
    roll = dice.randrange(8)
    if roll == 0:
        return raw[: dice.randrange(len(raw))] if dice.random() < 0.5 else raw + b"}"
    if roll == 1:
        at = dice.randrange(len(raw))
        return raw[:at] + dice.randbytes(3) + b'"[' + raw[at:]
    if roll == 2:
        return dice.choice([b"[" * 5_000, b'{"a":' * 3_000, dice.randbytes(40), b"", b"null", b"[]", b"7"])
    return raw


# ---- requests --------------------------------------------------------------------------------------------------------


def requests(dice: random.Random, known: Known, bodies: Callable[[str], dict[str, object]]) -> Iterator[Ask]:
    """Without end. Those with the cookie are about nothing that is there, or have a body that none of ours has."""
    while True:
        method, route = dice.choice(known.routes)
        signed_in = dice.random() < 0.6 and not route.endswith(("/sign-out", "/join", "/sign-in"))
        harmless = method == "GET" or not signed_in
        path = _path(dice, route, known.ids if harmless or bodies(f"{method} {route}") else ())
        if dice.random() < 0.15:
            method = dice.choice(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
            signed_in = signed_in and method in ("GET", "HEAD", "OPTIONS", "TRACE", "BREW")
        body = b"" if method in ("GET", "HEAD") else _bytes(dice, spoilt(dice, bodies(f"{method} {route}")))
        yield Ask(_head(dice, known, method, path, body, signed_in=signed_in), body)


def _path(dice: random.Random, route: str, ids: Sequence[str]) -> str:
    path = route
    for place in PLACES:
        if place in path:
            given = dice.choice([*ids, NOWHERE]) if ids and dice.random() < 0.7 else _text(dice)[:200] or "-"
            path = path.replace(place, quote(given, safe=dice.choice(["", "/.", "%"])))
    if dice.random() < 0.1:
        path = dice.choice([path + "/", "/" + path, path + "/..", path.upper(), "/assets/" + path, path + ";a=b"])
    if dice.random() < 0.5:
        names = ["q", "offset", "type", "tag", "session", "status", "from", "to", "as", "lang", _text(dice)[:9]]
        pairs = [f"{quote(dice.choice(names))}={quote(_text(dice)[:300])}" for _ in range(dice.randrange(1, 4))]
        path += "?" + "&".join(pairs)
    return path


def _head(dice: random.Random, known: Known, method: str, path: str, body: bytes, *, signed_in: bool) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {known.host}", f"Content-Length: {len(body)}"]
    if dice.random() < 0.85:
        lines.append(f"Origin: {known.origin}")
    elif dice.random() < 0.8:
        lines.append(f"Origin: {dice.choice(['null', 'http://evil.example', 'file://', '', known.origin + '.x'])}")
    if dice.random() < 0.9:
        lines.append(f"X-Kring: {dice.choice(['1', '1', '1', '1', '0', ''])}")
    if signed_in:
        lines.append(f"Cookie: {known.cookie}")
    elif dice.random() < 0.3:
        lines.append(f"Cookie: {known.cookie[: dice.randrange(len(known.cookie))]}{quote(_text(dice)[:50])}")
    odd = {
        "Accept-Language": quote(_text(dice)[:60]),
        "Authorization": f"Bearer {quote(_text(dice)[:60])}",
        "Content-Type": dice.choice(["application/json", "text/plain", "multipart/form-data; boundary=x", ";;;"]),
        "X-Forwarded-For": quote(_text(dice)[:60]),
        "X-Forwarded-Proto": dice.choice(["https", "http, https", "gopher"]),
        "Range": dice.choice(["bytes=0-", "bytes=9-1", "lines=7"]),
        "If-None-Match": '"x"',
        "Expect": "100-nothing",
    }
    lines += [f"{name}: {value}" for name, value in odd.items() if dice.random() < 0.12]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


# ---- messages --------------------------------------------------------------------------------------------------------


def messages(dice: random.Random, rooms: Sequence[tuple[str, str]]) -> Iterator[object]:
    """What somebody may not, cannot or should not say in rooms (kind, id); without end.

    Commands always have a field too many or a value of another kind, so that nobody may give them.
    """
    while True:
        kind, room = dice.choice(rooms)
        roll = dice.randrange(20)
        id = f"f{dice.getrandbits(60):x}"
        if roll < 14:
            command = dice.choice(list(kinds()[kind].table))
            yield {"t": "do", "id": id, "room": room, "cmd": bad_command(dice, kind, command), "seq": 0, "mark": ""}
        elif roll < 16:
            yield {"t": "join", "id": id, "room": _text(dice)[:32] or "-"}
        elif roll < 17:
            yield {"t": "whisper", "room": room, "name": _text(dice)[:20], "data": {}}
        elif roll < 18:
            yield {"t": "page", "id": id, "room": dice.choice([room, NOWHERE]), "before": dice.getrandbits(40)}
        elif roll < 19:
            yield {"t": "leave", "id": id, "room": NOWHERE}
        else:
            yield {**spoilt(dice, {"t": dice.choice(["do", "join", "hello", "page"]), "id": id, "room": room})}


def bad_command(dice: random.Random, kind: str, command: type[Command]) -> object:
    """One that this kind of room does not take, as its own decoder says."""
    while True:
        given = spoilt(dice, example(command))
        if dice.random() < 0.3:
            del given[UNKNOWN]
        try:
            kinds()[kind].command_from_json(msgspec.json.encode(_speakable(given)))
        except msgspec.MsgspecError:
            return _speakable(given)


def _speakable(value: object) -> object:
    """Without numbers that a message can't hold."""
    match value:
        case dict():
            return {str(name): _speakable(inner) for name, inner in value.items()}
        case list():
            return [_speakable(inner) for inner in value]
        case bool():
            return value
        case int():
            return max(-(2**53), min(2**53, value))
    return value
