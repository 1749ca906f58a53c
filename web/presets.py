"""What the sessions of a community begin with, as its preset has it; whoever plans one may choose otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from persistence.communities import Preset
from rooms.model import Level
from web.columns import Template


class SessionDefaults(Struct, frozen=True):
    """How people ask, whether staff read first, and the columns of its board; None: it begins without one."""

    level: Level
    review: bool
    board: Template | None


DEFAULTS: Mapping[Preset, SessionDefaults] = {
    Preset.HELPING: SessionDefaults(Level.NAMED, True, None),
    Preset.BEST_PRACTICE: SessionDefaults(Level.NAMED, False, Template.KEEP_CHANGE_TRY),
    Preset.STEWARDING: SessionDefaults(Level.NAMED, False, Template.UPKEEP),
    Preset.INNOVATION: SessionDefaults(Level.ANONYMOUS, False, Template.IDEAS),
}
