"""A room with one projection, driven by hand: what projection and audience tests stand on."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from realtime.batch import Applied, Counted, Plan, Request, Verdict
from realtime.projection import Bounds, Projection
from rooms import lifecycle
from rooms.kind import Kind
from rooms.kinds import chat
from rooms.model import ActorId, Command, CommandKey, PersonName, Record, RecordId, Records, Role
from tests.kinds.stores import Chain, Database

NOW = 1_000_000
DIRK = "dirk"


class OneRoom:
    """Opened by Dirk, a moderator; everybody else is a member. What is applied is in `database` only after a drain.

    `module` is the kind's (`m`: its commands); `kind` and `projection` may be broken ones.
    """

    def __init__(
        self,
        module: ModuleType = chat,
        bounds: Bounds = Bounds(),  # noqa: B008 - a frozen value
        *,
        kind: type[Kind] = Kind,
        projection: type[Projection] = Projection,
    ) -> None:
        self.m = module
        self.kind = kind(module)
        self.projection = projection(self.kind, bounds)
        self.chain = Chain()
        self.applied: list[Applied] = []
        self.database = Database()
        self.do(DIRK, lifecycle.Open())

    def request(self, who: str, command: Command, key: str = "", made: int | None = None) -> Request:
        role = Role.MODERATOR if who == DIRK else Role.MEMBER
        key = key or f"k{self.projection.seq}"
        made = self.projection.seq if made is None else made
        return Request(CommandKey(key), command, ActorId(who), role, PersonName(who.title()), made)

    def plan(self, *requests: Request, now: int = NOW, fetched: Records | None = None) -> Plan:
        return self.projection.plan(requests, now, fetched)

    def store(self, plan: Plan) -> Applied | None:
        """Append and follow; None when there was nothing to append."""
        if plan.body is None:
            return None
        self.applied.append(self.projection.apply(self.chain.append(plan.body, plan.on)))
        return self.applied[-1]

    def say(self, text: str, who: str = "anne") -> RecordId:
        """Post in a chat, or ask in the small kind; the id of what came of it."""
        key = f"{who}{self.projection.seq}"
        command = (self.m.Post if hasattr(self.m, "Post") else self.m.Ask)(text)
        verdict = self.do(who, command, key)
        assert verdict == Counted(None), verdict
        return RecordId(key)

    def do(self, who: str, command: Command, key: str = "", made: int | None = None) -> Verdict:
        plan = self.plan(self.request(who, command, key, made), fetched=self.fetched([command]))
        self.store(plan)
        return plan.verdicts[0]

    def fetched(self, commands: Sequence[Command]) -> dict[RecordId, Record]:
        """Let-go records that the commands name, from the database."""
        rows = self.database.rows
        missing = self.projection.missing(commands)
        return {id: self.kind.record_from_msgpack(rows[id].record) for id in missing if id in rows}

    def drain(self) -> None:
        """The database takes everything, and the projection hears of it."""
        for applied in self.applied[self.database.cursor :]:
            self.database.take(applied)
        self.projection.drained(self.database.cursor)
