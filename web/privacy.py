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
    `copy_days`: so long what was removed is still in the copy that an upgrade made."""

    mail: bool
    sign_in_days: int
    copy_days: int


async def kept(request: Request) -> Response:
    """What is kept of people, and for how long; for everybody."""
    mail = house_of(request).post is not None
    return Answer(Privacy(mail, sign_ins.LASTS_DAYS, migrations.KEPT_S // DAY_S))


ROUTES = [Route("/api/privacy", kept)]
