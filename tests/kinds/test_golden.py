"""C9: for ever. What every version of every kind wrote is rebuilt to the same records."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import cast, get_args

import msgspec
import pytest
from msgspec.structs import replace

from realtime.batch import Batch, Whole, encode
from realtime.journal import Checkpoint, Position
from realtime.projection import Newer, Projection
from rooms.kind import Kind, kinds
from rooms.kinds import chat
from rooms.model import Changes, Event, Record, Records, Words
from tests.kinds.golden import FOLDER, Golden, differences, path_of, read
from tests.kinds.stores import Chain

GOLDEN = sorted(FOLDER.glob("*.msgpack.gz"))
each = pytest.mark.parametrize("golden", [read(path) for path in GOLDEN], ids=[path.name for path in GOLDEN])


@pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
def test_every_version_of_every_kind_has_one_with_every_event(kind: Kind) -> None:
    """Make one with `python -m tests.kinds.golden KIND` when a kind gets a version."""
    paths = [path_of(kind.name, version + 1) for version in range(kind.version)]
    assert [path.name for path in paths if not path.exists()] == []
    bodies = [body for path in paths for body in read(path).bodies]
    written = {event["t"] for body in bodies for event in msgspec.msgpack.decode(body)["events"]}
    assert written == {cast(str, event.__struct_config__.tag) for event in get_args(kind.event_union)}


@each
@pytest.mark.parametrize("from_checkpoint", [False, True])
def test_it_is_rebuilt_to_the_same_records(golden: Golden, from_checkpoint: bool) -> None:
    assert differences(kinds()[golden.kind], golden, from_checkpoint=from_checkpoint) == []


@each
def test_it_has_what_is_hard(golden: Golden) -> None:
    """Let-go records, acts on them, forgotten keys; where memory lets go of nothing, a history to speak of."""
    if not kinds()[golden.kind].windowed:
        assert golden.numbers["seq"] > 10
        return
    recalls = [msgspec.msgpack.decode(body).get("recall") for body in golden.bodies]
    assert any(recalls)
    assert golden.numbers["oldest"] > 1
    assert golden.numbers["floor"] > 0


class ReadsEditsDifferently(Kind):
    """A change that C9 forbids: what happened is given another meaning."""

    def evolve(self, records: Records, event: Event) -> Changes:
        if isinstance(event, chat.Edited):
            event = replace(event, text=Words(event.text.upper()))
        return super().evolve(records, event)


def test_a_changed_meaning_is_found() -> None:
    assert differences(ReadsEditsDifferently(chat), read(path_of("chat", 1)), from_checkpoint=False) != []


# ---- older processes -------------------------------------------------------------------------------------------------


class Later(Event, frozen=True, tag="chat.later"):
    """An event that this version has never heard of."""


def test_an_entry_of_a_newer_version_is_not_guessed_at() -> None:
    """Also when it can't even be read: the room is let go, nothing is changed."""
    for event in (Later(), chat.Deleted(chat.HEAD)):
        projection, chain = Projection(kinds()["chat"]), Chain()
        entry = chain.add(encode(Batch(chat.VERSION + 1, 1, [], [event])))
        with pytest.raises(Newer):
            projection.apply(entry)
        assert (projection.seq, projection.records) == (0, {})


def test_an_entry_that_cannot_be_read_is_an_error_of_its_own() -> None:
    projection, chain = Projection(kinds()["chat"]), Chain()
    with pytest.raises(msgspec.ValidationError):
        projection.apply(chain.add(encode(Batch(chat.VERSION, 1, [], [Later()]))))


class LaterRecord(Record, frozen=True, tag="chat.later_record"):
    """A record that this version has never heard of."""


def test_a_checkpoint_of_a_newer_version_is_not_guessed_at() -> None:
    records = {"x": (1, LaterRecord())}
    body = encode(Whole(chat.VERSION + 1, 1, 0, 0, [], records))  # type: ignore[arg-type]
    projection = Projection(kinds()["chat"])
    with pytest.raises(Newer):
        projection.restore(Checkpoint(Position(1, b"12345678"), body))
    assert projection.seq == 0


# ---- the same in every process ---------------------------------------------------------------------------------------

DIGEST = """
from rooms.kind import kinds
from tests.kinds.golden import digest, play
print([digest(play(kind)) for kind in kinds().values()])
"""


def test_no_hash_order_gets_into_a_journal() -> None:
    """Two processes with other hash seeds write and keep the same bytes."""
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=FOLDER.parents[2],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1
