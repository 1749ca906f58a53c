"""The kinds of room as a page for people: commands with who may give them when, records, reasons for refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rooms import lifecycle
from rooms.kind import Kind
from web.protocol.types import Named, Types, doc_of, reachable, records_of, tag_of
from web.protocol.typescript import declaration

HEAD = """\
# The kinds of room

Made by `python -m web.protocol` from the server's own types. Do not edit.

A command is the `cmd` of a `do`, a record a value of a `put`; both name their type in `t`. The tables say
the least role that may give a command in each state of the room: guest, member, moderator or owner; "nobody" leaves it
to the server itself. In a closed room nobody may do anything.
"""

STATES = [state for state in lifecycle.State if state is not lifecycle.State.CLOSED]


def page(kinds: Mapping[str, Kind]) -> str:
    types = Types(kinds)
    return "\n".join([HEAD, *(line for kind in kinds.values() for line in _kind(types, kind)), ""])


def _kind(types: Types, kind: Kind) -> Iterator[str]:
    yield from (f"## {kind.name}", "", f"| command | what | {' | '.join(STATES)} |", "|---|---|" + "---|" * len(STATES))
    for command, rights in kind.table.items():
        least = (rights.least(state) or "nobody" for state in STATES)
        yield f"| `{tag_of(command)}` | {doc_of(command)} | {' | '.join(least)} |"
    yield from ("", "Refused for: " + ", ".join(f"`{r}`" for r in sorted(kind.reasons | lifecycle.REASONS)) + ".")
    for title, roots in ("Commands", kind.command_types), ("Records", records_of(kind)):
        declared: dict[Named, None] = dict.fromkeys(found for root in roots for found in reachable(root))
        yield from ("", f"### {title} of {kind.name}", "", "```ts")
        yield "\n".join(declaration(types, named) for named in declared).rstrip().replace("export ", "")
        yield "```"
