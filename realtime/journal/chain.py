"""What follows a position on a room's chain, by the entries from it on: the same for every journal. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from realtime.journal import UNBORN, Entry, Forked, Lost, Position


def following(on: Position, found: Sequence[Entry], head: Position) -> Sequence[Entry] | None:
    """The entries after `on`, of those that are `found` at its seq and later; None when `on` was trimmed away.

    Raises Lost, Forked, with the head.
    """
    if on.seq == 0 and on != UNBORN:
        raise Forked(head)
    if on.seq > 0 and not found:
        raise Lost(head)
    if on.seq > 0 and found[0].seq == on.seq:
        if found[0].mark != on.mark:
            raise Forked(head)
        return found[1:]
    return found if not found or found[0].seq == on.seq + 1 == 1 else None
