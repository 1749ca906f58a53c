"""The log: ours at the level asked for, others' from warnings up, JSON where no terminal is."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from web import log


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], level = before
    root.setLevel(level)
    for name in log.OURS:
        logging.getLogger(name).setLevel(logging.NOTSET)
    structlog.reset_defaults()


def test_lines_are_json_where_no_terminal_is() -> None:
    stream = io.StringIO()
    log.start("info", stream)
    structlog.get_logger("realtime.hub").info("room.reloaded", had=3)
    logging.getLogger("realtime.other").warning("plain %s", "words")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["event"], first["had"], first["level"]) == ("room.reloaded", 3, "info")
    assert second["event"] == "plain words"
    assert first["timestamp"].endswith("Z")


def test_an_error_brings_its_trace_and_no_values() -> None:
    stream = io.StringIO()
    log.start("info", stream)
    try:
        hidden = "planted"
        raise RuntimeError(len(hidden))
    except RuntimeError:
        structlog.get_logger("web.app").exception("it.failed")
    line = json.loads(stream.getvalue())
    assert "RuntimeError: 7" in line["exception"]
    assert "'planted'" not in line["exception"]


@pytest.mark.parametrize(("level", "heard"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_levels(level: str, heard: int) -> None:
    stream = io.StringIO()
    log.start(level, stream)
    ours = structlog.get_logger("web.serve")
    ours.debug("d"), ours.info("i"), ours.warning("w"), ours.error("e")
    assert len(stream.getvalue().splitlines()) == heard


@pytest.mark.parametrize(
    "name", ["uvicorn.error", "uvicorn.asgi", "websockets.server", "sqlalchemy.engine", "aiosqlite"]
)
def test_others_are_not_heard_below_warnings(name: str) -> None:
    stream = io.StringIO()
    log.start("debug", stream)
    logging.getLogger(name).info('%s - "WebSocket %s" [accepted]', "198.51.100.1:1", "/ws?token=planted")
    assert stream.getvalue() == ""
    logging.getLogger(name).warning("mind")
    assert "mind" in stream.getvalue()
