"""Driving the load client: what it is to say, and what came of it."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from tests.bench.machine import HERE, LOAD_CORE, compiled, pinned, settle

NUMBER = "########"
"""Stands for a message's number in what is sent."""
DELIVERY = f"~id:{NUMBER}"
"""What the load client looks for in every frame: a message has arrived."""
ANSWER = f"~do:{NUMBER}"
"""As a command's id: in a storm, the answer is known by it."""
BREATH_US = 200
"""The load client looks at its connections this often, and sleeps in between. Waiting for them it would be woken by
nearly every send, and the server would pay for that (loopback only: nobody across a network is woken by a send)."""
ACCEPTED_KEY = "dGhlIHNhbXBsZSBub25jZQ=="
"""The key of the RFC's own example: the load client knows the right answer to it."""

T = TypeVar("T", bound=Struct)


class Invalid(Exception):
    """The run measured nothing: a delivery is missing, comes twice, or the client could not go on."""


class Say(Struct, frozen=True):
    """`again`: what a connection says instead once it has a position; see wire_join in load/."""

    what: bytes
    again: bytes = b""


class Hear(Struct, frozen=True):
    """Wait until a message holds this."""

    what: bytes


class Speech(Struct, frozen=True, kw_only=True):
    """How one speaks with a server: the upgrade, the opening, and how a text is said.

    `each`: a line per connection for `{each}` in path or headers; `fills`: a line per connection for `hole` in whatever
    it says, as long as `hole`. `question`, `answer`: a whole message that wants an answer.
    """

    say: Callable[[str], bytes]
    path: str = "/ws"
    headers: Mapping[str, str] = {}
    subprotocol: str = ""
    binary: bool = False
    opening: Sequence[Say | Hear] = (Hear(b"hi"),)
    each: Sequence[str] = ()
    hole: str = ""
    fills: Sequence[str] = ()
    question: bytes = b""
    answer: bytes = b""
    heartbeat: bytes = b""
    heartbeat_s: float = 30.0


class Latency(Struct, frozen=True):
    """Of every delivery, from when its message was due to be sent; microseconds."""

    p50_us: int
    p99_us: int
    max_us: int


class Result(Struct, frozen=True, kw_only=True):
    """What every scenario tells: of the server's processor, from first send to last delivery, and of its memory."""

    wall_s: float
    user_s: float
    system_s: float
    load_s: float
    rss_before_kib: int
    rss_joined_kib: int
    rss_after_kib: int
    bytes: int
    frames: int
    reads: int

    @property
    def cpu_s(self) -> float:
        return max(self.user_s + self.system_s, 1e-9)

    @property
    def load_busy(self) -> float:
        """How much of its core the load client needed; near 1 it, and not the server, is what was measured."""
        return self.load_s / max(self.wall_s, 1e-9)


class Flood(Result, frozen=True, kw_only=True):
    """`missing`, `repeats` (of what a connection had already), `strays` (of what nobody sent): over all connections.

    `told_hearing`, `told_deaf`: Kring's changes of position, to those who always read and to those who didn't.
    """

    latency: Latency
    sent: int
    deliveries: int
    missing: int
    repeats: int
    strays: int
    all_sent: int
    rss_flood_kib: int
    told_hearing: int
    told_deaf: int
    still_behind: int
    caught_up_s: float

    @property
    def per_cpu_s(self) -> float:
        """Deliveries per processor second of the server."""
        return self.deliveries / self.cpu_s

    def check(self, *, repeats: bool) -> None:
        """`repeats`: whether the protocol lets a record come twice (it is the same record). Raises Invalid."""
        if self.missing or self.strays or not self.deliveries:
            raise Invalid(f"{self.missing} deliveries are missing, {self.strays} were never sent: the run is invalid")
        if self.repeats and not repeats:
            raise Invalid(f"{self.repeats} deliveries came twice: the run is invalid")


class Idle(Result, frozen=True, kw_only=True):
    """`pongs`: heartbeats that were answered; `others`: whatever else came."""

    pongs: int
    others: int


class Storm(Result, frozen=True, kw_only=True):
    """Commands that were each answered to whoever said them.

    `latency`: of the answer; `seen`: from saying a command until a connection has a state with it, for every command
    and every connection; `stale`: of that, since the first connection had it. `behind`: connections that never saw the
    last command; `wrong_tallies`: over all of them, questions that don't show in the end what was voted.
    """

    latency: Latency
    seen: Latency
    stale: Latency
    commands: int
    answered: int
    missing: int
    strays: int
    storm_bytes: int
    behind: int
    wrong_tallies: int

    @property
    def per_cpu_s(self) -> float:
        return self.answered / self.cpu_s

    def check(self) -> None:
        """Raises Invalid."""
        if self.missing or self.strays:
            raise Invalid(f"{self.missing} answers are missing, {self.strays} belong to nobody: the run is invalid")
        if self.behind or self.wrong_tallies:
            raise Invalid(f"{self.behind} never saw the last of it, {self.wrong_tallies} tallies are wrong")


class ComeBack(Struct, frozen=True, kw_only=True):
    """Connections that lost their server and came back to the next one.

    `returns`: from when it listened until each was in the room again; `dark_s`: until it listened; `tries`: connections
    that were begun; `wholes`: times that somebody was sent the whole room instead of what they missed.
    """

    returns: Latency
    lost: int
    back: int
    dark_s: float
    all_back_s: float
    tries: int
    most_tries: int
    wholes: int
    sent: int
    said_again: int
    refused: int
    unanswered: int
    missing: int
    strays: int

    def check(self, clients: int) -> None:
        """Raises Invalid."""
        if self.lost != clients or self.back != clients:
            raise Invalid(f"of {clients} connections {self.lost} were lost and {self.back} came back")
        if self.missing or self.strays or self.unanswered or not self.sent:
            raise Invalid(f"{self.missing} deliveries are missing, {self.unanswered} answers, {self.strays} strays")


class Load(Struct, frozen=True, kw_only=True):
    """What the connections do. `scenario`: one of the load client's; see load/load.h for the numbers."""

    scenario: str
    clients: int
    texts: Sequence[str] = ()
    """What is said, in turn, with NUMBER in it."""
    numbers: Mapping[str, float] = {}
    breath_us: int = BREATH_US


def nothing() -> None:
    """What happens meanwhile, mostly."""


def run(
    load: Load, speech: Speech, port: int, pid: int, shape: type[T], *, meanwhile: Callable[[], None] = nothing
) -> T:
    """Connect everybody, wait until the server has come to rest, then do it. Raises Invalid, Missing."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "plan")
        path.write_text(_plan(load, speech, port, pid, Path(directory)))
        with _started(path) as client:
            told = _line(client)
            if told != b'{"event":"ready"}\n':
                raise Invalid(_last_words(client))
            settle(pid)
            _tell(client, b"go\n")
            meanwhile()
            answer, words = client.communicate()
            if client.returncode:
                raise Invalid(words.decode().strip())
    return msgspec.json.decode(answer, type=shape)


@contextmanager
def _started(plan: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = pinned(LOAD_CORE, [str(program()), str(plan)])
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as client:
        try:
            yield client
        finally:
            client.kill()


def program() -> Path:
    """The load client. Raises Missing."""
    return compiled("load", *sorted((HERE / "load").iterdir()))


def _line(client: subprocess.Popen[bytes]) -> bytes:
    assert client.stdout is not None
    return client.stdout.readline()


def _tell(client: subprocess.Popen[bytes], line: bytes) -> None:
    assert client.stdin is not None
    client.stdin.write(line)
    client.stdin.flush()


def _last_words(client: subprocess.Popen[bytes]) -> str:
    assert client.stderr is not None
    return client.stderr.read().decode().strip() or "the load client ended without a word"


def _plan(load: Load, speech: Speech, port: int, pid: int, directory: Path) -> str:
    lines = [
        f"scenario {load.scenario}",
        "address 127.0.0.1",
        f"port {port}",
        f"server {pid}",
        f"clients {load.clients}",
        f"upgrade {_upgrade(speech, port).hex()}",
        f"subprotocol {speech.subprotocol}",
        f"heartbeat_s {speech.heartbeat_s}",
        f"breath_us {load.breath_us}",
    ]
    if speech.binary:
        lines.append("binary")
    for word, own in (("each", speech.each), ("fills", speech.fills)):
        if own:
            path = directory / word
            path.write_text("".join(f"{line}\n" for line in own))
            lines.append(f"{word} {path}")
    for step in speech.opening:
        lines.append(f"{'say' if isinstance(step, Say) else 'hear'} {step.what.hex()}")
        if isinstance(step, Say) and step.again:
            lines.append(f"again {step.again.hex()}")
    for word, what in (
        ("hole", speech.hole.encode()),
        ("question", speech.question),
        ("answer", speech.answer),
        ("heartbeat", speech.heartbeat),
    ):
        if what:
            lines.append(f"{word} {what.hex()}")
    lines += [f"message {speech.say(text).hex()}" for text in load.texts]
    lines += [f"{word} {number:g}" for word, number in load.numbers.items()]
    return "\n".join(lines) + "\n"


def _upgrade(speech: Speech, port: int) -> bytes:
    host = f"127.0.0.1:{port}"
    headers = {
        "Host": host,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Origin": f"http://{host}",
        "Sec-WebSocket-Key": ACCEPTED_KEY,
        "Sec-WebSocket-Version": "13",
        **({"Sec-WebSocket-Protocol": speech.subprotocol} if speech.subprotocol else {}),
        **speech.headers,
    }
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"GET {speech.path} HTTP/1.1\r\n{fields}\r\n".encode()
