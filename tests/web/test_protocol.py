"""What is written about the protocol is what the server speaks: the generated files and the page that explains them."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterator
from typing import cast

import msgspec
import pytest
from msgspec import Struct

from realtime import wire
from rooms.kind import Kind, kinds
from rooms.kinds import chat
from rooms.model import Reason, Record
from tests.kinds import small
from web.protocol.__main__ import CHECKOUT, generate
from web.protocol.asyncapi import ANSWERS, UNASKED, asyncapi
from web.protocol.types import FROM_SERVER, Types
from web.protocol.typescript import typescript

README = (CHECKOUT / "docs/protocol/README.md").read_text()
GENERATED = ("docs/protocol/asyncapi.json", "docs/protocol/kinds.md", "web/client/sync/wire.ts")


# ---- the generated files -----------------------------------------------------------------------------------------


def changed_chat() -> Kind:
    """Chat as somebody might change it: a message has a mood now."""

    class Message(chat.Message, frozen=True, gc=False, tag="chat.message", omit_defaults=True, kw_only=True):
        mood: str = ""

    module = types.ModuleType(chat.__name__)
    module.__dict__.update(vars(chat))
    module.Record = Message | chat.Head  # type: ignore[attr-defined]
    return Kind(module)


@pytest.mark.parametrize("path", GENERATED)
def test_the_committed_file_is_what_the_types_make(path: str) -> None:
    assert (CHECKOUT / path).read_text() == generate(kinds())[path], "run: python -m web.protocol"


@pytest.mark.parametrize("path", GENERATED)
def test_control_a_changed_record_makes_another_file(path: str) -> None:
    assert (CHECKOUT / path).read_text() != generate({**kinds(), "chat": changed_chat()})[path]


def test_control_a_changed_wire_makes_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(wire.CLOSE_CODES, wire.CloseCode.SILENT, 4099)
    made = generate(kinds())
    assert [path for path in GENERATED if (CHECKOUT / path).read_text() != made[path]] == [GENERATED[0], GENERATED[2]]


def test_every_message_of_the_server_is_an_answer_or_comes_unasked() -> None:
    answers = {answer for answers in ANSWERS.values() for answer in answers}
    assert answers | set(UNASKED) == set(FROM_SERVER)


def refs(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node["$ref"],) if "$ref" in node else ()
        for value in node.values():
            yield from refs(value)
    elif isinstance(node, list):
        for value in node:
            yield from refs(value)


def missing_refs(document: object) -> set[str]:
    """References in an AsyncAPI document that lead nowhere."""

    def leads_somewhere(ref: str) -> bool:
        node = document
        for step in ref.removeprefix("#/").split("/"):
            if not isinstance(node, dict) or step not in node:
                return False
            node = node[step]
        return True

    return {ref for ref in refs(document) if not leads_somewhere(ref)}


def test_every_reference_in_the_asyncapi_document_leads_somewhere() -> None:
    document = asyncapi({**kinds(), "small": Kind(small)})
    assert not missing_refs(document)
    del cast("dict[str, dict[str, dict[str, object]]]", document)["components"]["schemas"]["ChatReference"]
    assert missing_refs(document) == {"#/components/schemas/ChatReference"}


def test_a_new_kind_needs_nothing_but_its_file() -> None:
    made = typescript({**kinds(), "small": Kind(small)})
    assert "export interface SmallAsk {" in made
    assert re.search(r"export type Command = .*ChatPost.*SmallAsk", made)


def test_two_types_of_one_name_are_refused() -> None:
    class Other(Record, frozen=True, tag="chat.message"):
        pass

    module = types.ModuleType("rooms.kinds.other")
    module.__dict__.update(vars(chat))
    module.Record = chat.Head | Other  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="ChatMessage"):
        Types({**kinds(), "other": Kind(module)})


# ---- the page ----------------------------------------------------------------------------------------------------


def exchange(page: str) -> list[tuple[str, str]]:
    """(→ or ←, JSON) of every line of the example."""
    return re.findall(r"^([→←]) (\{.*\})$", page, re.MULTILINE)


def from_client(line: str) -> Struct:
    """As the server reads it, the command too. Raises when it is none."""
    message = wire.CODECS[wire.JSON].decode(line.encode())
    if isinstance(message, wire.Do):
        kinds()["chat"].command_from_json(bytes(message.cmd))
    return message


def from_server(line: str) -> Struct:
    """A message exactly as the server sends it. Raises when it is none, or when the server would write it otherwise."""
    message = cast(Struct, msgspec.json.decode(line, type=wire.ServerMessage))
    sent = json.loads(wire.CODECS[wire.JSON].encode(message))
    if isinstance(message, wire.Joined | wire.Change | wire.Paged):
        record = msgspec.json.Decoder(kinds()["chat"].record_union)
        shown = {id: record.decode(bytes(raw)) for id, raw in message.put.items()}
        sent["put"] = json.loads(msgspec.json.encode(shown))
    if sent != json.loads(line):
        raise ValueError(f"the server would write {sent}")
    return message


def read(page: str) -> list[Struct]:
    """Every line of the example, by whoever it is for."""
    return [from_client(line) if whose == "→" else from_server(line) for whose, line in exchange(page)]


def test_the_example_is_what_client_and_server_say() -> None:
    said = read(README)
    assert {type(message) for message in said} >= {wire.Hello, wire.Join, wire.Do, wire.Done, wire.Change, wire.Bye}
    commands = [message for message in said if isinstance(message, wire.Do)]
    assert commands[0] == commands[1], "C2: the resend is unchanged"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"t": "hello"', '"t": "hallo"'),
        ('"lang": "en"', '"language": "en"'),
        ('"cmd": {"t": "chat.post", "text"', '"cmd": {"t": "chat.post", "words"'),
        ('"reactions": {"agree"', '"reactions": {"love"'),
        ('"name": "Noor"}}, "whole"', '"name": "Noor", "staff": false}}, "whole"'),
        ('"retry_ms": 500', '"retry_after": 500'),
    ],
)
def test_control_a_wrong_example_is_found(right: str, wrong: str) -> None:
    assert right in README
    with pytest.raises((wire.BadMessage, msgspec.MsgspecError, ValueError)):
        read(README.replace(right, wrong))


def test_the_page_names_every_message_close_code_and_reason() -> None:
    tables = [line for line in README.splitlines() if line.startswith("|")]
    codes = {(int(code), name) for code, name in re.findall(r"^\| (\d{4}) \| `(\w+)` \|", README, re.MULTILINE)}
    assert codes == {(number, name.value) for name, number in wire.CLOSE_CODES.items()}
    reasons = README[README.index("## Reasons") : README.index("## Limits")]
    named = {word for line in tables if line in reasons for word in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert named == {reason.value for reason in Reason}
    for message in (*wire.ClientMessage.__args__, *wire.ServerMessage.__args__):
        assert f"`{message.__struct_config__.tag}" in README
