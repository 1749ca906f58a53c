"""C9: what each version of the Q&A wrote is rebuilt to the same records, for ever."""

from __future__ import annotations

from typing import cast, get_args

import msgspec
import pytest
from msgspec.structs import replace

from rooms.kind import Kind, kinds
from rooms.kinds import qna
from rooms.kinds.qna.model import Reworded
from rooms.model import Changes, Event, Records, Words
from tests.kinds.golden import Golden, differences, path_of, read

GOLDEN = read(path_of("qna", 1))
LATEST = read(path_of("qna", qna.VERSION))


@pytest.mark.parametrize("golden", [GOLDEN, LATEST], ids=["first", "latest"])
@pytest.mark.parametrize("from_checkpoint", [False, True])
def test_it_is_rebuilt_to_the_same_records(golden: Golden, from_checkpoint: bool) -> None:
    assert differences(kinds()["qna"], golden, from_checkpoint=from_checkpoint) == []


def test_every_event_is_in_it() -> None:
    written = {event["t"] for body in LATEST.bodies for event in msgspec.msgpack.decode(body)["events"]}
    kind = kinds()["qna"]
    assert written == {cast(str, event.__struct_config__.tag) for event in get_args(kind.event_union)}


class ReadsRewordingsDifferently(Kind):
    """A change that C9 forbids: what happened is given another meaning."""

    def evolve(self, records: Records, event: Event) -> Changes:
        if isinstance(event, Reworded):
            event = replace(event, text=Words(event.text.upper()))
        return super().evolve(records, event)


def test_a_changed_meaning_is_found() -> None:
    assert differences(ReadsRewordingsDifferently(qna), GOLDEN, from_checkpoint=False) != []
