"""What this Kring keeps of people, and for how long, as far as it hangs on how it is run; the page says the rest."""

from __future__ import annotations

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from persistence import migrations, sign_ins
from web.house import house_of
from web.problems import Answer

DAY_S = 24 * 3600


class Privacy(Struct, frozen=True):
    """`mail`: it keeps the mail addresses that people gave it; `sign_in_days`: after these a browser is nobody's;
    `copy_days`: so long what was removed is still in the copy that an upgrade made; `transcript_days`: so long what was
    said in a session stays after its close, null: for ever."""

    mail: bool
    sign_in_days: int
    copy_days: int
    transcript_days: int | None


async def kept(request: Request) -> Response:
    """What is kept of people, and for how long; for everybody."""
    house = house_of(request)
    days = house.settings.keep_transcripts_days
    return Answer(Privacy(house.post is not None, sign_ins.LASTS_DAYS, migrations.KEPT_S // DAY_S, days))


ROUTES = [Route("/api/privacy", kept)]
