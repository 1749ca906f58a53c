"""What goes wrong with a request: a stable code for programs, a sentence for people."""

from __future__ import annotations

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from rooms.model import Fact, Reason, Refused
from web.catalogue import pick, sentence
from web.house import house_of

STATUS_OF_REASON = {Reason.NOT_FOUND: 404, Reason.FORBIDDEN: 403, Reason.RETRY: 503, Reason.BUSY: 503}
CODE_OF_STATUS = {404: "no_such_page", 405: "wrong_method"}

log = structlog.get_logger()


class Problem(Exception):
    """Ends a request. `code` is a Reason, or a code of the HTTP API's own (`http-…` in the catalogue)."""

    def __init__(self, status: int, code: Reason | str, **facts: Fact) -> None:
        super().__init__(str(code))
        self.status, self.code, self.facts = status, code, facts


class Answer(Response):
    """JSON of anything msgspec can write."""

    media_type = "application/json"

    def __init__(self, content: object, status_code: int = 200) -> None:
        super().__init__(msgspec.json.encode(content), status_code)


class Explained(msgspec.Struct, frozen=True):
    """The body of every error."""

    reason: str
    text: str
    facts: dict[str, Fact]


def language_of(connection: HTTPConnection, otherwise: str | None = None) -> str:
    """The language a request asks for; else `otherwise`, else the community's."""
    known = otherwise or house_of(connection).beginning.community.lang
    return pick(connection.headers.get("accept-language"), known)


def explain(problem: Problem, lang: str) -> Answer:
    """The problem as an answer."""
    text = sentence(lang, problem.code, problem.facts)
    answer = Answer(Explained(str(problem.code), text, problem.facts), problem.status)
    if isinstance(wait := problem.facts.get("retry_s"), int):
        answer.headers["Retry-After"] = str(wait)
    return answer


async def on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return explain(error, language_of(request))


async def on_refused(request: Request, error: Exception) -> Response:
    """A refusal of the rooms or the gate."""
    assert isinstance(error, Refused)
    problem = Problem(STATUS_OF_REASON.get(error.reason, 400), error.reason, **error.facts)
    return explain(problem, language_of(request))


async def on_http_exception(request: Request, error: Exception) -> Response:
    """What the router itself refuses."""
    assert isinstance(error, HTTPException)
    problem = Problem(error.status_code, CODE_OF_STATUS.get(error.status_code, "bad_request"))
    answer = explain(problem, language_of(request))
    answer.headers.update(error.headers or {})
    return answer


async def on_fault(request: Request, error: Exception) -> Response:
    """Something of ours: uvicorn writes the trace to the log, the person gets a sentence."""
    return explain(Problem(500, Reason.FAULT), language_of(request))


async def send_problem(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """For middleware, which answers before there is a request."""
    await explain(problem, language_of(HTTPConnection(scope)))(scope, receive, send)
