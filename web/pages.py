"""The page itself: one index.html for every address the browser's own router knows, and the files it is made of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from web import problems
from web.base_path import placed
from web.house import house_of
from web.problems import Problem

STATIC = Path(__file__).parent / "static"
ADDRESSES = (
    *("/", "/j/{code}", "/in", "/i", "/present/{session}", "/begin", "/privacy"),
    *("/c", "/c/settings", "/c/invitations", "/c/programs", "/c/log", "/c/members", "/me", "/me/ways-in"),
    *("/s/{session}", "/s/{session}/desk", "/s/{session}/harvest", "/s/{session}/board/{board}"),
    *("/l", "/l/new", "/l/{item}", "/l/{item}/edit"),
)


async def index(request: Request) -> Response:
    return _index(request, 200)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """An address nobody knows: a person gets the page, which says so; a program gets JSON."""
    assert isinstance(error, HTTPException)
    of_programs = request.method not in ("GET", "HEAD") or request.url.path.startswith(("/api/", "/assets/"))
    if error.status_code != 404 or of_programs or not _built():
        return await problems.on_http_exception(request, error)
    return _index(request, 404)


def _built() -> bool:
    return (STATIC / "index.html").is_file()


def _index(request: Request, status: int) -> Response:
    if not _built():
        raise Problem(503, "not_built")
    base = house_of(request).settings.base_path
    if not base:
        return FileResponse(STATIC / "index.html", status)
    return HTMLResponse(placed((STATIC / "index.html").read_text(encoding="utf-8"), base), status)


def routes() -> list[BaseRoute]:
    pages: list[BaseRoute] = [Route(address, index) for address in ADDRESSES]
    return [*pages, Mount("/assets", StaticFiles(directory=STATIC / "assets", check_dir=False)), *files()]


def files() -> list[BaseRoute]:
    """What browsers ask for at the root, such as the icon and the manifest."""
    if not STATIC.is_dir():
        return []
    found = sorted(path for path in STATIC.iterdir() if path.is_file() and not path.name.startswith("."))
    return [Route(f"/{path.name}", _file(path)) for path in found if path.name != "index.html"]


def _file(path: Path) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        return FileResponse(path)

    return serve
