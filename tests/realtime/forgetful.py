"""What a client must never do, for negative controls of C2: send again under a new id."""

from __future__ import annotations

from realtime.client.outbox import Outbox, Pending


def forgetful(outbox: Outbox) -> None:
    """In place of `Outbox.disconnected`."""
    for pending in list(outbox):
        if not pending.sent:
            continue
        outbox.again(pending.id, 0.0)
        anew = Pending("", pending.command, 0, "")
        del outbox._pending[pending.id]
        pending.message = pending.message.replace(pending.id.encode(), anew.id.encode())
        pending.id = anew.id
        outbox.add(pending)
