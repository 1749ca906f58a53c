"""Golden journals (C9): what a version of a kind once wrote, with what it came to, committed for ever.

    python -m tests.kinds.golden chat

writes the journal of a kind's present version, and never over one that is there: a changed meaning is a new event and a
new version, so the old file stays true.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from realtime.batch import Declined, Request, encode
from realtime.journal import Checkpoint, Position
from realtime.projection import Bounds, Projection
from realtime.stamp import command_key
from rooms import lifecycle, pace, reports
from rooms.kind import Kind, kinds
from rooms.kinds import chat, people
from rooms.kinds.board import commands as board
from rooms.kinds.qna import model as qna
from rooms.model import ActorId, Command, Level, PersonName, RecordId, Role
from tests.kinds.stores import Chain

FOLDER = Path(__file__).parent / "golden"
BOUNDS = Bounds(keys=400, echoes=20)
KEY = b"golden"
BEGAN = 1_770_000_000_000

Act = tuple[str, Role, Command]
Script = Iterator[list[Act]]
"""Batches of (who, as what, command)"""


class Golden(Struct, frozen=True):
    """`bodies`: of the entries, from the first, and the digest of all records after each; a checkpoint on the way; and
    the end: records as encoded, numbers."""

    kind: str
    version: int
    bodies: list[bytes]
    digests: list[bytes]
    checkpoint: bytes
    checkpoint_seq: int
    records: dict[RecordId, bytes]
    numbers: dict[str, int]


def numbers_of(projection: Projection) -> dict[str, int]:
    names = ("seq", "at", "oldest", "floor", "written", "bytes")
    return {name: getattr(projection, name) for name in names}


def records_of(projection: Projection) -> dict[RecordId, bytes]:
    return {id: encode(record) for id, record in sorted(projection.records.items())}


def key_of(who: str, nth: int) -> RecordId:
    """The id of what the nth act of the script makes."""
    return RecordId(command_key(KEY, ActorId(f"actor-{who}"), f"{nth}"))


def digest_of(projection: Projection) -> bytes:
    return hashlib.sha256(encode(records_of(projection))).digest()[:8]


def chat_script() -> Script:
    """Everything that happens in a chat, before and after memory let go of it."""
    acts, anne, bram, staff = chat.Reaction, "anne", "bram", "dirk"
    first, second, third, fourth = (key_of(who, nth) for nth, who in enumerate((anne, bram, anne, staff), 1))
    member, moderator = Role.MEMBER, Role.MODERATOR
    yield [(staff, moderator, lifecycle.Open())]
    yield [
        (anne, member, chat.Post("Hoe doen jullie de overdracht?")),
        (bram, member, chat.Post("Met een lijstje op de deur.", reply_to=first)),
        (anne, Role.GUEST, chat.Post("Café, naïef, 你好, 👩\u200d🏫\ntweede regel")),
        (staff, moderator, chat.Post("Dit bewaren we.")),
    ]
    yield [(bram, member, chat.React(first, reaction, True)) for reaction in acts]
    yield [(bram, member, chat.React(first, acts.LAUGH, False)), (anne, member, chat.React(first, acts.AGREE, True))]
    yield [(anne, member, chat.Edit(first, "Hoe doen jullie de overdracht in het weekend?"))]
    yield [(staff, moderator, chat.Pin(second, True)), (staff, Role.OWNER, chat.Save(first, True))]
    yield [(staff, moderator, chat.Save(fourth, True)), (staff, moderator, chat.Save(fourth, False))]
    yield [(bram, member, chat.Post(f"bericht {n}")) for n in range(60)]
    for hundred in range(5):
        yield [(bram, member, chat.Post(f"{hundred}.{n}")) for n in range(100)]
    yield [(anne, member, chat.Edit(third, "Laat nog verbeterd")), (bram, member, chat.React(third, acts.HELPS, True))]
    yield [(staff, moderator, chat.Remove(fourth)), (anne, member, chat.Post("Een oud antwoord", reply_to=third))]
    yield [(staff, moderator, chat.Pin(third, True)), (staff, moderator, chat.Save(first, False))]
    yield [(anne, member, chat.Delete(first)), (staff, moderator, chat.Pin(second, False))]
    yield [(staff, moderator, lifecycle.Lock()), (staff, moderator, chat.Post("Even dicht."))]
    yield [(staff, moderator, lifecycle.Unlock()), (anne, member, chat.Post("Weer open"))]
    yield [(staff, moderator, pace.SetPace(pace.Seconds.FIVE_MINUTES)), ("carl", member, chat.Post("Rustig aan"))]
    yield [(staff, moderator, chat.Post("Goed zo.")), (staff, moderator, pace.SetPace(pace.Seconds.TEN))]
    yield [(anne, member, reports.Report(id, reports.Why.SPAM)) for id in (second, third)]
    yield [("carl", Role.GUEST, reports.Report(third, reports.Why.UNKIND)), (staff, moderator, reports.Dismiss(second))]
    yield [("carl", Role.GUEST, reports.Report(second, reports.Why.OTHER)), (staff, moderator, chat.Remove(third))]
    yield [("kring", Role.SYSTEM, lifecycle.Close())]


def qna_script() -> Script:
    """Every status on every way, votes given and taken back, words changed, somebody muted, a question removed."""
    anne, bram, staff, hidden, masked = "anne", "bram", "dirk", "vogel-a", "vogel-b"
    member, moderator = Role.MEMBER, Role.MODERATOR
    pseudonymous, anonymous = Level.PSEUDONYMOUS, Level.ANONYMOUS
    first, second, third, fourth = (key_of(who, nth) for nth, who in enumerate((anne, hidden, masked, staff), 2))
    yield [(staff, moderator, qna.Set(level=pseudonymous)), (staff, moderator, lifecycle.Open())]
    yield [
        (anne, member, qna.Ask("Wie belt de ouders?", pseudonymous)),
        (hidden, member, qna.Ask("Café, naïef, 你好", anonymous)),
        (masked, Role.GUEST, qna.Ask("Wanneer begint het?", pseudonymous)),
        (staff, moderator, qna.Ask("Wat nemen jullie mee?", anonymous)),
    ]
    yield [(anne, member, qna.Reword(first, "Wie belt de ouders op?")), (hidden, member, qna.Withdraw(second))]
    yield [(staff, moderator, qna.Approve(first, 1)), (staff, moderator, qna.Park(third, 0, True))]
    yield [(staff, moderator, qna.Label(first, 2, "Contact")), (staff, moderator, qna.Park(third, 1, False))]
    yield [(staff, moderator, qna.Edit(first, 3, "Wie belt er met ouders?")), (staff, moderator, qna.Next(first))]
    yield [(f"stem-{n}", Role.GUEST, qna.Vote(first, True)) for n in range(60)]
    yield [(f"stem-{n}", Role.GUEST, qna.Vote(first, False)) for n in range(0, 60, 3)]
    yield [(bram, member, qna.Vote(fourth, True)), (staff, moderator, qna.Stage(first, 4))]
    yield [
        (staff, moderator, qna.Answer(first, 5, qna.How.LIVE, "De mentor.")),
        (bram, member, qna.Vote(fourth, False)),
    ]
    yield [(staff, moderator, qna.Decline(third, 2, qna.Because.OFF_TOPIC, "Staat in de brief."))]
    yield [(staff, moderator, qna.Reopen(third, 3)), (staff, moderator, qna.FollowUp(third, 4))]
    yield [(staff, moderator, qna.Mute(third, True)), (staff, moderator, qna.Mute(fourth, True))]
    yield [(staff, moderator, qna.Mute(third, False)), (staff, moderator, qna.Remove(fourth, 0))]
    yield [(staff, moderator, qna.Set(asking=False, review=False)), (staff, moderator, qna.Next(third))]
    yield [
        (staff, moderator, qna.Answer(third, 5, qna.How.WRITTEN, "Om negen uur.")),
        (staff, moderator, lifecycle.Lock()),
    ]
    yield [(staff, moderator, lifecycle.Unlock()), (staff, moderator, qna.Reopen(third, 6, review=True))]
    yield [(staff, moderator, pace.SetPace(pace.Seconds.MINUTE)), (staff, moderator, qna.Set(asking=True))]
    yield [
        ("carl", member, qna.Ask("Mag er een microfoon bij?", pseudonymous)),
        ("dora", member, qna.Ask("Of niet?", pseudonymous)),
    ]
    carls, doras = key_of("carl", 113), key_of("dora", 114)
    yield [
        (hidden, member, reports.Report(carls, reports.Why.PRIVATE)),
        (hidden, member, reports.Report(doras, reports.Why.SPAM)),
    ]
    yield [(staff, moderator, reports.Dismiss(carls)), (staff, moderator, qna.Remove(doras, 0))]
    yield [(masked, member, reports.Report(carls, reports.Why.UNKIND))]
    yield [("kring", Role.SYSTEM, lifecycle.Close())]


def board_script() -> Script:
    """All phases, and back; hidden notes of every level; a place halved until all are spread; votes given, taken back,
    and given back with a group; actions and decisions; a timer that rings; somebody muted by a note that goes."""
    anne, bram, staff, hidden, masked, kring = "anne", "bram", "dirk", "vogel-a", "vogel-b", "kring"
    member, moderator, guest = Role.MEMBER, Role.MODERATOR, Role.GUEST
    pseudonymous, anonymous = Level.PSEUDONYMOUS, Level.ANONYMOUS
    phase = board.Phase
    keep, change, spare = (key_of(staff, nth) for nth in (1, 2, 3))
    first, second, third, fourth, fifth = (
        key_of(who, nth) for nth, who in enumerate((anne, hidden, masked, bram, bram), 6)
    )
    yield [
        (staff, moderator, board.Set(level=pseudonymous, budget=4)),
        (staff, moderator, board.AddColumn("Houden", "Wat werkt al?")),
        (staff, moderator, board.AddColumn("Veranderen")),
        (staff, moderator, board.AddColumn("Te veel")),
        (staff, moderator, board.NameColumn(change, 0, "Anders", "Wat knelt?")),
        (staff, moderator, lifecycle.Open()),
    ]
    yield [
        (anne, member, board.Write(keep, "De overdracht op de deur", pseudonymous)),
        (hidden, member, board.Write(keep, "Café, naïef, 你好", anonymous)),
        (masked, guest, board.Write(keep, "Niemand belt\nde ouders", pseudonymous)),
        (bram, member, board.Write(change, "Later beginnen", anonymous)),
        (bram, member, board.Write(change, "Weg hiermee", anonymous)),
    ]
    yield [(anne, member, board.Edit(first, 0, "De overdracht op een bord")), (bram, member, board.Delete(fifth, 0))]
    yield [(masked, guest, board.Move(third, change, None)), (anne, member, board.Ready(True))]
    yield [(staff, moderator, board.Start(1_500)), (staff, moderator, board.Extend(500))]
    yield [(staff, moderator, board.MoveColumn(spare, None)), (staff, moderator, board.RemoveColumn(spare))]
    yield [("kring", Role.SYSTEM, board.Ring()), (bram, member, board.Ready(True)), (bram, member, board.Ready(False))]
    yield [(staff, moderator, board.Stop()), (staff, moderator, board.Go(phase.WRITE, phase.REVEAL))]
    yield [(anne, member, board.Write(change, "Nog iets", pseudonymous))]
    yield [(staff, moderator, board.Start(60_000)), (staff, moderator, board.Go(phase.REVEAL, phase.GROUP))]
    last = key_of(anne, 24)
    yield [(bram, member, board.Move((last, third)[n % 2], change, (third, last)[n % 2])) for n in range(2)]
    yield [(bram, member, board.Move((last, fourth, third)[n % 3], change, None)) for n in range(4)]
    yield [(anne, member, board.Move(first, change, third)), (anne, member, board.Move(second, change, third))]
    yield [(anne, member, board.Move((first, second)[n % 2], change, third)) for n in range(40)]
    yield [(anne, member, board.GroupWith(first, second)), (bram, member, board.GroupWith(third, first))]
    group = key_of(anne, 75)
    yield [(bram, member, board.NameGroup(group, 0, "Overdracht")), (staff, moderator, board.Edit(last, 0, "Nog wat"))]
    yield [(staff, moderator, board.Go(phase.GROUP, phase.VOTE))]
    yield [(f"stem-{n}", guest, board.Vote(group, 1 + n % 3)) for n in range(30)]
    yield [(f"stem-{n}", guest, board.Vote(last, 1)) for n in range(0, 30, 2)]
    yield [(f"stem-{n}", guest, board.Vote(group, 0)) for n in range(0, 30, 5)]
    yield [(staff, moderator, board.Go(phase.VOTE, phase.DISCUSS))]
    yield [
        (anne, member, board.Plan("Bord ophangen", "Anne en Bram", board.Day("2026-11-30"), group)),
        (bram, member, board.Decide("Elke maandag overdracht", group)),
        (bram, member, board.Decide("Per ongeluk")),
    ]
    action, decision, slip = key_of(anne, 132), key_of(bram, 133), key_of(bram, 134)
    yield [
        (bram, member, board.Revise(action, 0, "Bord kopen en ophangen", "Bram")),
        (anne, member, board.Drop(slip, 0)),
    ]
    yield [(staff, moderator, board.Go(phase.DISCUSS, phase.GROUP)), (staff, moderator, board.Ungroup(group))]
    yield [(staff, moderator, board.Go(phase.GROUP, phase.WRITE)), (anne, member, board.Write(keep, "Laat", anonymous))]
    yield [(staff, moderator, board.Go(phase.WRITE, phase.DONE)), (staff, moderator, board.Revise(decision, 0, "Ja"))]
    yield [(staff, moderator, board.Mute(note, True)) for note in (first, third)]
    yield [(masked, guest, reports.Report(id, reports.Why.UNKIND)) for id in (first, second, third)]
    yield [(staff, moderator, reports.Dismiss(second))]
    yield [(staff, moderator, board.Mute(first, False)), (staff, moderator, board.Delete(third, 0))]
    yield [(kring, Role.SYSTEM, lifecycle.Close())]


def people_script() -> Script:
    yield [("kring", Role.SYSTEM, lifecycle.Open())]
    for nth in range(6):
        yield [("kring", Role.SYSTEM, people.Reconsider(people.PersonId(f"person-{nth}")))]
        yield [("kring", Role.SYSTEM, people.EndSignIn(people.SignInId(f"sign-in-{nth}")))]


SCRIPTS: dict[str, Callable[[], Script]] = {
    "board": board_script,
    "chat": chat_script,
    "people": people_script,
    "qna": qna_script,
}


def play(kind: Kind) -> Golden:
    """The script of a kind, decided by its present version."""
    projection, chain = Projection(kind, BOUNDS), Chain()
    checkpoint, checkpoint_seq, nth = b"", 0, 0
    digests = []
    for step, batch in enumerate(SCRIPTS[kind.name]()):
        requests = []
        for who, role, command in batch:
            actor = ActorId(f"actor-{who}")
            name = PersonName(who.title())
            requests.append(Request(command_key(KEY, actor, f"{nth}"), command, actor, role, name, projection.seq))
            nth += 1
        plan = projection.plan(requests, BEGAN + 1_000 * step)
        declined = [verdict for verdict in plan.verdicts if isinstance(verdict, Declined)]
        assert not declined, declined
        assert plan.body is not None
        projection.apply(chain.append(plan.body, plan.on))
        digests.append(digest_of(projection))
        if projection.seq == 7:
            projection.drained(7)
            checkpoint, checkpoint_seq = projection.checkpoint(), 7
    bodies = [entry.body for entry in chain.entries]
    end = records_of(projection), numbers_of(projection)
    return Golden(kind.name, kind.version, bodies, digests, checkpoint, checkpoint_seq, *end)


def path_of(kind: str, version: int) -> Path:
    return FOLDER / f"{kind}-{version}.msgpack.gz"


def read(path: Path) -> Golden:
    return msgspec.msgpack.decode(gzip.decompress(path.read_bytes()), type=Golden)


def differences(kind: Kind, golden: Golden, *, from_checkpoint: bool) -> list[object]:
    """Where the golden journal comes to something else now, from its first entry or from its checkpoint: after which
    entries; and at the end, in which records and numbers."""
    projection, chain = Projection(kind, BOUNDS), Chain()
    for body in golden.bodies:
        chain.add(body)
    if from_checkpoint:
        mark = chain.entries[golden.checkpoint_seq - 1].mark
        projection.restore(Checkpoint(Position(golden.checkpoint_seq, mark), golden.checkpoint))
    found: list[object] = []
    for entry in chain.after(projection.seq):
        projection.apply(entry)
        if digest_of(projection) != golden.digests[entry.seq - 1]:
            found.append(entry.seq)
    now, numbers = records_of(projection), numbers_of(projection)
    found += [id for id in now.keys() | golden.records.keys() if now.get(id) != golden.records.get(id)]
    return found + [name for name in numbers if numbers[name] != golden.numbers[name]]


def digest(golden: Golden) -> str:
    return hashlib.sha256(encode(golden)).hexdigest()


def main(name: str) -> None:
    kind = kinds()[name]
    path = path_of(name, kind.version)
    if path.exists():
        sys.exit(f"{path.name} is there already, and for ever")
    path.write_bytes(gzip.compress(encode(play(kind)), mtime=0))
    print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main(*sys.argv[1:])
