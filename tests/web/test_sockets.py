"""F1: the socket itself, with the real server, on both event loops and over both ways to a browser."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.typing import Subprotocol

from realtime.frames import frame
from realtime.wire import CLOSE_CODES, JSON, MESSAGE_BYTES, MSGPACK, CloseCode
from tests.web import idle
from tests.web.echo import Echo, EchoHub, echo_app, nobody
from tests.web.serving import run, serving

Scenario = Callable[["Peer"], Awaitable[None]]


class Peer:
    """The server's hub, and how a client gets to it."""

    def __init__(self, hub: EchoHub, port: int) -> None:
        self.hub, self.port = hub, port

    @asynccontextmanager
    async def client(self, *subprotocols: str) -> AsyncIterator[tuple[ClientConnection, Echo]]:
        offered = [Subprotocol(name) for name in subprotocols]
        async with connect(f"ws://127.0.0.1:{self.port}/ws", subprotocols=offered or None, max_size=None) as client:
            yield client, await self.hub.attached.get()

    @asynccontextmanager
    async def raw(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter, Echo]]:
        """A handshake by hand; what follows is frames by hand."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(HANDSHAKE)
            await reader.readuntil(b"\r\n\r\n")
            yield reader, writer, await self.hub.attached.get()
        finally:
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()


HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


def masked(opcode: Opcode, data: bytes = b"", *, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)


def plain(config: uvicorn.Config) -> None:
    """Any other server: uvicorn's own WebSocket class knows nothing of ours."""
    config.ws = "websockets-sansio"
    config.ws_max_size = 2**24


def play(loop: str, way: str, scenario: Scenario) -> None:
    async def whole() -> None:
        hub = EchoHub()
        async with serving(echo_app(hub), change=plain if way == "plain" else lambda config: None) as port:
            await scenario(Peer(hub, port))

    run(loop, asyncio.wait_for(whole(), 20))


on_both_loops = pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
both_ways = pytest.mark.parametrize("way", ["direct", "plain"])


@on_both_loops
@both_ways
def test_f1_text_and_binary_in_any_number_of_fragments_arrive_whole_and_in_order(loop: str, way: str) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.client(JSON) as (client, echo):
            await client.send("één")
            await client.send(b"twee")
            await client.send(["dr", "", "ie"])
            await client.send("x" * MESSAGE_BYTES)
            got = [await client.recv() for _ in range(4)]
            assert got == ["één", "twee", "drie", "x" * MESSAGE_BYTES]
            assert [echo.messages.get_nowait() for _ in range(3)] == ["één".encode(), b"twee", b"drie"]
        async with peer.client(MSGPACK) as (client, _):
            await client.send(b"\x80\xff")
            assert await client.recv() == b"\x80\xff"

    play(loop, way, scenario)


@on_both_loops
@both_ways
def test_the_first_subprotocol_that_is_known_is_spoken_and_json_when_none_is(loop: str, way: str) -> None:
    async def scenario(peer: Peer) -> None:
        for offered, spoken, codec in (
            (["other", MSGPACK, JSON], MSGPACK, MSGPACK),
            ([JSON, MSGPACK], JSON, JSON),
            ([], None, JSON),
        ):
            async with peer.client(*offered) as (client, echo):
                assert client.subprotocol == spoken
                assert echo.codec.subprotocol == codec

    play(loop, way, scenario)


@on_both_loops
@both_ways
def test_a_close_by_the_client_is_told_once_and_answered(loop: str, way: str) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.client() as (client, echo):
            await client.close(1000, "done")
            await echo.gone.wait()
            assert client.close_code == 1000
        await until_closed(peer)
        assert echo.closes == 1

    play(loop, way, scenario)


@on_both_loops
@both_ways
def test_an_abrupt_loss_is_told_once(loop: str, way: str) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.raw() as (_, writer, echo):
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
            await echo.gone.wait()
            await until_closed(peer)
            assert echo.closes == 1

    play(loop, way, scenario)


@on_both_loops
def test_hanging_up_without_a_goodbye_is_told_once(loop: str) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.raw() as (_, writer, echo):
            writer.write_eof()
            await echo.gone.wait()
            await until_closed(peer)
            assert echo.closes == 1

    play(loop, "direct", scenario)


@on_both_loops
@both_ways
def test_a_close_by_the_server_carries_its_code_and_nothing_leaves_after_it(loop: str, way: str) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.client() as (client, echo):
            echo.echo(b"before")
            echo.close(CloseCode.SILENT)
            echo.echo(b"after")
            echo.close(CloseCode.TOO_SLOW)
            assert await client.recv() == "before"
            with pytest.raises(ConnectionClosed):
                await client.recv()
            assert (client.close_code, client.close_reason) == (CLOSE_CODES[CloseCode.SILENT], "silent")
            await echo.gone.wait()
        await until_closed(peer)
        assert echo.closes == 1

    play(loop, way, scenario)


@on_both_loops
@both_ways
def test_a_message_over_the_limit_ends_in_a_stable_code(loop: str, way: str) -> None:
    async def scenario(peer: Peer) -> None:
        for message in ("x" * (MESSAGE_BYTES + 1), ["x" * MESSAGE_BYTES, "x"], b"x" * 2_000_000):
            async with peer.client() as (client, echo):
                with suppress(ConnectionClosed):
                    await client.send(message)
                await client.wait_closed()
                assert client.close_code == CLOSE_CODES[CloseCode.BAD_MESSAGE]
                await echo.gone.wait()
                assert echo.messages.empty()

    play(loop, way, scenario)


@on_both_loops
@both_ways
def test_nothing_is_received_between_pause_and_resume(loop: str, way: str) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.client() as (client, echo):
            echo.react = lambda message: echo.transport.pause()
            for n in range(50):
                await client.send(str(n))
            for n in range(50):
                assert await echo.messages.get() == str(n).encode()
                await asyncio.sleep(0)
                assert echo.messages.empty()
                echo.transport.resume()
            echo.react = echo.echo
            echo.transport.resume()
            await client.send("free")
            assert await client.recv() == "free"

    play(loop, way, scenario)


SIZES = (0, 1, 124, 125, 126, 127, 300, 5)


@on_both_loops
@both_ways
@pytest.mark.parametrize("cut", [1, 2, 5, 7, 130, 10_000])
def test_f1_however_the_network_cuts_them_messages_arrive_whole_and_in_order(loop: str, way: str, cut: int) -> None:
    """Small and long ones, in fragments, with pings between: whoever reads them, ours or the library."""
    whole = [bytes([65 + nth]) * size for nth, size in enumerate(SIZES)]
    sent = b"".join(
        masked(Opcode.BINARY, each)
        + masked(Opcode.PING, b"?")
        + masked(Opcode.TEXT, each, fin=False)
        + masked(Opcode.CONT, b"!")
        for each in whole
    )

    async def scenario(peer: Peer) -> None:
        async with peer.raw() as (_, writer, echo):
            echo.react = lambda message: None
            for at in range(0, len(sent), cut):
                writer.write(sent[at : at + cut])
                await asyncio.sleep(0)
            for each in whole:
                assert await echo.messages.get() == each
                assert await echo.messages.get() == each + b"!"

    play(loop, way, scenario)


@on_both_loops
@pytest.mark.parametrize(
    "wrong",
    [b"\x82\x03abc", b"\xc2\x81abcd\x00", b"\x83\x81abcd\x00"],
    ids=["not masked", "a reserved bit", "no such opcode"],
)
def test_f1_small_messages_that_are_not_as_they_should_be_are_refused(loop: str, wrong: bytes) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.raw() as (reader, writer, echo):
            writer.write(masked(Opcode.TEXT, b"right") + wrong)
            assert await echo.messages.get() == b"right"
            await echo.gone.wait()
            assert b"\x88" in await reader.read()

    play(loop, "direct", scenario)


@on_both_loops
def test_what_was_read_already_waits_for_resume_too(loop: str) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.raw() as (reader, writer, echo):
            echo.react = lambda message: echo.transport.pause()
            writer.write(b"".join(masked(Opcode.TEXT, b"%d" % n) for n in range(3)) + masked(Opcode.CLOSE))
            assert await echo.messages.get() == b"0"
            assert echo.messages.empty()
            echo.transport.resume()
            assert await echo.messages.get() == b"1"
            assert echo.messages.empty()

            def blink(message: bytes) -> None:
                echo.transport.pause()
                echo.transport.resume()

            echo.react = blink
            echo.transport.resume()
            assert await echo.messages.get() == b"2"
            await echo.gone.wait()
            assert (await reader.read())[0] == 0x88

    play(loop, "direct", scenario)


@on_both_loops
def test_what_comes_before_the_door_is_open_is_not_lost(loop: str) -> None:
    """Whoever is looked up in the database waits a moment; some don't wait for the answer to their handshake."""

    async def whole() -> None:
        hub, asked, decided = EchoHub(), asyncio.Semaphore(0), asyncio.Event()

        async def slowly(websocket: WebSocket) -> None:
            asked.release()
            await decided.wait()

        async with serving(echo_app(hub, slowly)) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            _, impatient = await asyncio.open_connection("127.0.0.1", port)
            for each in (writer, impatient):
                each.write(HANDSHAKE)
                await asked.acquire()
            impatient.close()
            writer.write(masked(Opcode.TEXT, b"early") + masked(Opcode.TEXT, b"bird"))
            await asyncio.sleep(0.05)  # both reach the server, which is in this same loop
            decided.set()
            await reader.readuntil(b"\r\n\r\n")
            assert await reader.readexactly(7 + 6) == b"\x81\x05early\x81\x04bird"
            writer.close()
            for connection in hub.connections:
                await connection.gone.wait()
                assert connection.closes == 1

    run(loop, asyncio.wait_for(whole(), 20))


@on_both_loops
def test_answers_leave_before_the_goodbye_that_came_in_the_same_packet(loop: str) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.raw() as (reader, writer, _):
            writer.write(masked(Opcode.PING, b"?") + masked(Opcode.TEXT, b"last") + masked(Opcode.CLOSE, b"\x03\xe8"))
            assert await reader.read() == b"\x81\x04last" + b"\x8a\x01?" + b"\x88\x02\x03\xe8"

    play(loop, "direct", scenario)


@on_both_loops
def test_a_thousand_empty_fragments_are_not_kept(loop: str) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.raw() as (reader, writer, echo):
            writer.write(masked(Opcode.TEXT, b"a", fin=False) + masked(Opcode.CONT, b"", fin=False) * 1_000)
            writer.write(masked(Opcode.PING))
            assert await reader.readexactly(2) == b"\x8a\x00"
            assert len(echo.transport.frames) == 1  # type: ignore[attr-defined]
            writer.write(masked(Opcode.CONT, b"b"))
            assert await reader.readexactly(4) == b"\x81\x02ab"

    play(loop, "direct", scenario)


@on_both_loops
def test_whoever_does_not_read_is_cut_when_the_goodbye_gets_stuck(loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.direct_socket.CLOSING_S", 0.2)

    async def scenario(peer: Peer) -> None:
        async with peer.raw() as (_, writer, echo):
            writer.transport.pause_reading()  # type: ignore[attr-defined]
            while echo.transport.buffered() < 1_000_000:
                echo.echo(b"x" * 60_000)
            echo.close(CloseCode.TOO_SLOW)
            await echo.gone.wait()
            assert echo.closes == 1

    play(loop, "direct", scenario)


@on_both_loops
@both_ways
def test_f3_a_connection_hears_each_time_that_not_all_has_left(loop: str, way: str) -> None:
    """Else its seats would stay in their rows, and be written to however much is unsent."""

    async def scenario(peer: Peer) -> None:
        async with peer.raw() as (reader, writer, echo):
            for nth in (1, 2):
                writer.transport.pause_reading()  # type: ignore[attr-defined]
                before, sent = echo.unsents, 0
                while not echo.transport.buffered():
                    echo.echo(b"x" * 60_000)
                    sent += len(frame(echo.codec, b"x" * 60_000))
                assert echo.unsents > before, f"the {nth}. time"
                writer.transport.resume_reading()  # type: ignore[attr-defined]
                await reader.readexactly(sent)
                writer.write(masked(Opcode.TEXT, b"all read"))
                while await echo.messages.get() != b"all read":
                    pass
                await reader.readexactly(len(frame(echo.codec, b"all read")))

    play(loop, way, scenario)


@on_both_loops
def test_pings_of_somebody_who_does_not_read_pile_up_no_pongs(loop: str) -> None:
    async def scenario(peer: Peer) -> None:
        async with peer.raw() as (_, writer, echo):
            writer.transport.pause_reading()  # type: ignore[attr-defined]
            while echo.transport.buffered() < 200_000:
                echo.echo(b"x" * 60_000)
            before = echo.transport.buffered()
            writer.write(masked(Opcode.PING, b"y" * 125) * 5_000 + masked(Opcode.TEXT, b"end"))
            while await echo.messages.get() != b"end":
                pass
            assert echo.transport.buffered() <= before + 125 + 10

    play(loop, "direct", scenario)


@on_both_loops
@both_ways
def test_a_page_of_somebody_else_is_turned_away_with_a_code_and_a_sentence(loop: str, way: str) -> None:
    async def whole() -> None:
        hub = EchoHub()
        change = plain if way == "plain" else lambda config: None
        async with (
            serving(echo_app(hub, nobody), change=change) as port,
            connect(f"ws://127.0.0.1:{port}/ws", additional_headers={"Accept-Language": "nl"}) as client,
        ):
            assert "Deze pagina hoort niet bij deze Kring" in str(await client.recv())
            with pytest.raises(ConnectionClosed):
                await client.recv()
            assert client.close_code == CLOSE_CODES[CloseCode.FORBIDDEN_ORIGIN]
            assert not hub.connections

    run(loop, asyncio.wait_for(whole(), 20))


@on_both_loops
def test_stopping_takes_leave_first_and_then_closes_what_would_not_go(loop: str) -> None:
    async def whole() -> None:
        hub = EchoHub()
        order: list[str] = []

        async def drain() -> None:
            order.append("drained")
            hub.connections[0].close(CloseCode.RESTARTING)

        async with asyncio.TaskGroup() as tasks:
            clients: asyncio.Queue[ClientConnection] = asyncio.Queue()
            stop = asyncio.Event()

            async def serve() -> None:
                async with serving(echo_app(hub), drain=drain) as port:
                    clients.put_nowait(await connect(f"ws://127.0.0.1:{port}/ws"))
                    clients.put_nowait(await connect(f"ws://127.0.0.1:{port}/ws"))
                    await stop.wait()

            server = tasks.create_task(serve())
            both = [await clients.get(), await clients.get()]
            stop.set()
            for client in both:
                await client.wait_closed()
                assert client.close_code == CLOSE_CODES[CloseCode.RESTARTING]
            await server
        assert order == ["drained"]
        assert [connection.closes for connection in hub.connections] == [1, 1]

    run(loop, asyncio.wait_for(whole(), 20))


def parked() -> int:
    """Tasks, and timers as far as the loop shows them (uvloop doesn't)."""
    timers: list[asyncio.TimerHandle] = getattr(asyncio.get_running_loop(), "_scheduled", [])
    return len(asyncio.all_tasks()) + sum(not timer.cancelled() for timer in timers)


@on_both_loops
def test_an_attached_socket_leaves_nothing_parked(loop: str) -> None:
    """F1. Negative control: the plain way keeps tasks for each connection."""

    async def counted(way: str) -> tuple[int, Echo]:
        hub = EchoHub()
        async with serving(echo_app(hub), change=plain if way == "plain" else lambda config: None) as port:
            before = parked()
            async with Peer(hub, port).raw() as (reader, writer, echo):
                writer.write(masked(Opcode.TEXT, b"hi"))
                await reader.readexactly(4)
                grown = parked() - before
                writer.close()
                await echo.gone.wait()
                return grown, echo

    async def whole() -> None:
        grown, echo = await counted("direct")
        assert grown == 0
        for name in ("queue", "scope", "request", "response", "writable"):
            assert not hasattr(echo.transport, name), name
        assert (await counted("plain"))[0] > 0

    run(loop, asyncio.wait_for(whole(), 20))


@pytest.mark.slow
async def test_an_idle_connection_costs_little() -> None:
    """F1. The way with a parked task costs 29 KiB."""
    greeted, seated = await idle.measure(800)
    assert greeted < 16
    assert seated < 18


async def until_closed(peer: Peer) -> None:
    """Another whole conversation, after which a second telling of the first one's end would have come."""
    async with peer.client() as (client, _):
        await client.send("x")
        await client.recv()
