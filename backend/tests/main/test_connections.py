"""What a hostile or careless client may do with a connection: it ends by itself, and the others are served."""

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from capecontrol.local.port import LOOPBACK
from capecontrol.local.process import wait_until
from capecontrol.main.settings import Settings
from tests.api_process import ApiProcess, api_process
from tests.people import People

#: The deadlines of the server under test. Whatever is done to it ends soon after.
DEADLINE_SECONDS = 0.4
SOON_SECONDS = 5.0
TRICKLE_SECONDS = 0.05
BODY = b"POST /api/auth/logout HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def server(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiProcess]:
    """An API that waits for nobody long."""
    short = str(DEADLINE_SECONDS)
    with api_process(
        settings,
        tmp_path_factory.mktemp("api"),
        REQUEST_HEAD_SECONDS=short,
        REQUEST_BODY_SECONDS=short,
        ANSWER_SECONDS=short,
    ) as running:
        yield running


@pytest.fixture(scope="module")
def patient(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiProcess]:
    """An API that waits as long as in production: what it ends soon was too much, not too slow."""
    with api_process(settings, tmp_path_factory.mktemp("patient")) as running:
        yield running


@pytest.fixture(autouse=True)
def serves_afterwards(server: ApiProcess) -> Iterator[None]:
    """Whatever was done, the next one is served."""
    yield
    assert server.is_serving()


async def _connect(server: ApiProcess) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(LOOPBACK, server.port)


async def _end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """Return all that the server says until it closes the connection, which it does soon."""
    said = b""
    # A server that closes while bytes are on their way to it resets the connection.
    with suppress(ConnectionError):
        async with asyncio.timeout(SOON_SECONDS):
            while piece := await reader.read(65536):
                said += piece
    writer.close()
    return said


async def _trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, endless: bytes) -> bytes:
    """Send one byte now and then until the server closes the connection; return what it says."""
    said, began = b"", time.monotonic()
    while time.monotonic() - began < SOON_SECONDS:
        try:
            piece = await asyncio.wait_for(reader.read(65536), TRICKLE_SECONDS)
        except TimeoutError:
            writer.write(endless)
            continue
        except ConnectionError:
            piece = b""
        if not piece:
            writer.close()
            return said
        said += piece
    raise AssertionError(f"the connection is open after {SOON_SECONDS} s; so far: {said[:200]!r}")


@pytest.mark.parametrize("head", [b"G", b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Slow: "])
async def test_a_head_that_comes_byte_by_byte_is_not_waited_for(server: ApiProcess, head: bytes) -> None:
    reader, writer = await _connect(server)
    writer.write(head)
    said = await _trickle(reader, writer, b"a")
    assert said.startswith((b"HTTP/1.1 408 ", b"HTTP/1.1 400 "))


async def test_a_second_head_is_not_waited_for_either(server: ApiProcess) -> None:
    reader, writer = await _connect(server)
    writer.write(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert (await reader.readuntil(b"}")).startswith(b"HTTP/1.1 200 ")
    writer.write(b"GET /api/health HTTP/1.1\r\nX-Slow: ")
    assert (await _trickle(reader, writer, b"a")).startswith(b"HTTP/1.1 408 ")


async def test_a_connection_without_a_word_is_closed_without_one(server: ApiProcess) -> None:
    assert await _end(*await _connect(server)) == b""


async def test_a_body_that_comes_byte_by_byte_is_not_waited_for(server: ApiProcess) -> None:
    reader, writer = await _connect(server)
    writer.write(BODY + b"Content-Length: 9999\r\n\r\n")
    said = await _trickle(reader, writer, b" ")
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"\r\nconnection: close\r\n" in said.lower(), "what still comes of the body is no request"
    assert json.loads(said.rpartition(b"\r\n\r\n")[2])["type"] == "request/timed-out"


async def test_a_body_that_comes_fast_enough_is_read_to_its_end(server: ApiProcess) -> None:
    """Its deadline moves with what came: 8 KiB have two seconds more."""
    reader, writer = await _connect(server)
    writer.write(BODY + b"Content-Length: 8194\r\n\r\n{" + b" " * 8192)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(2 * DEADLINE_SECONDS):
            await reader.read(1)
    writer.write(b"}")
    # It was read: what is missing is the pair against forgery.
    assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 403 ")
    writer.close()


async def _ask_and_read_nothing(server: ApiProcess) -> socket.socket:
    """Ask for more than the buffers of both sides hold."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.setblocking(False)
    await asyncio.get_running_loop().sock_connect(client, (LOOPBACK, server.port))
    asked = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 40
    await asyncio.get_running_loop().sock_sendall(client, asked)
    return client


async def test_an_answer_that_nobody_reads_is_given_up(server: ApiProcess) -> None:
    client = await _ask_and_read_nothing(server)
    assert await asyncio.to_thread(wait_until, lambda: _is_given_up(client), SOON_SECONDS)
    client.close()


def _is_given_up(client: socket.socket) -> bool:
    """Tell whether the other side is gone, by sending and without reading."""
    try:
        client.send(b"G")
    except BlockingIOError:
        return False
    except OSError:
        return True
    return False


@pytest.mark.parametrize("sent", [b"", b"GET /api/health HT", BODY + b"Content-Length: 5\r\n\r\n{"])
async def test_a_half_closed_connection_ends_with_what_it_began(server: ApiProcess, sent: bytes) -> None:
    reader, writer = await _connect(server)
    writer.write(sent)
    writer.write_eof()
    assert b" 500 " not in await _end(reader, writer)


async def test_twenty_requests_in_one_write_are_answered_in_turn(server: ApiProcess) -> None:
    reader, writer = await _connect(server)
    ids = [b"pipelined-%02d" % number for number in range(20)]
    head = b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n"
    writer.write(b"".join(head + b"X-Request-ID: " + one + b"\r\n\r\n" for one in ids[:-1]))
    writer.write(head + b"Connection: close\r\nX-Request-ID: " + ids[-1] + b"\r\n\r\n")
    said = await _end(reader, writer)
    assert said.count(b"HTTP/1.1 200 ") == 20
    places = [said.index(one) for one in ids]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Large: " + b"a" * 200_000,
        b"GET /" + b"a" * 200_000,
        b"GET /api/health HTTP/1.1\r\n" + b"X-Many: a\r\n" * 20_000,
    ],
    ids=["header", "address", "headers"],
)
async def test_a_head_that_does_not_end_is_refused(server: ApiProcess, sent: bytes) -> None:
    reader, writer = await _connect(server)
    writer.write(sent)
    said = await _end(reader, writer)
    assert said == b"" or said.startswith((b"HTTP/1.1 431 ", b"HTTP/1.1 400 ")), said[:100]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"F00000\r\n" + b" " * 100_000, b"413"),
        (b"FFFFFFFFFFFFFFFFFFFFFFFF\r\n", b"400"),
        (b"1" * 100_000, b"400"),
        (b"1\r\n{\r\n1;" + b"x" * 100_000, b"400"),
        (b"nonsense\r\n", b"400"),
    ],
    ids=["large", "number too large", "number without end", "extension without end", "no number"],
)
async def test_a_chunk_that_is_none_is_refused(server: ApiProcess, sent: bytes, status: bytes) -> None:
    reader, writer = await _connect(server)
    writer.write(BODY + b"Transfer-Encoding: chunked\r\n\r\n" + sent)
    said = await _end(reader, writer)
    # The connection may end before the answer is read, since more is on its way to it.
    assert said == b"" or said.startswith((b"HTTP/1.1 " + status, b"HTTP/1.1 408 ")), said[:200]


@pytest.mark.parametrize(
    "sent",
    [b"X-Many: a\r\n" * 100_000, b"X-Large: " + b"a" * 1_000_000, b"n" * 1_000_000],
    ids=["many", "value", "name"],
)
async def test_trailers_that_do_not_end_are_not_kept(patient: ApiProcess, sent: bytes) -> None:
    reader, writer = await _connect(patient)
    writer.write(BODY + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + sent)
    await _end(reader, writer)


async def test_trailers_after_an_early_answer_are_not_kept_either(patient: ApiProcess) -> None:
    reader, writer = await _connect(patient)
    early = BODY.replace(b"/api/auth/logout", b"/api/projects")
    writer.write(early + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n")
    assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 401 ")
    writer.write(b"X-Many: a\r\n" * 10_000)
    await _end(reader, writer)


async def test_a_trailer_is_no_header(patient: ApiProcess) -> None:
    """Else one could say after the body, past a proxy that looks at the head, from where a request came."""
    reader, writer = await _connect(patient)
    trailers = b"X-Request-ID: from-a-trailer\r\nConnection: close\r\n\r\n"
    writer.write(BODY + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + trailers)
    head = await reader.readuntil(b"\r\n\r\n")
    assert b"x-request-id: " in head.lower()
    assert b"from-a-trailer" not in head
    writer.close()


async def test_a_head_behind_an_answer_that_nobody_reads_is_not_kept(patient: ApiProcess) -> None:
    client = await _ask_and_read_nothing(patient)
    endless = b"GET / HTTP/1.1\r\n" + b"X-Many: a\r\n" * 4_000_000
    with pytest.raises((TimeoutError, ConnectionError)):
        async with asyncio.timeout(SOON_SECONDS):
            await asyncio.get_running_loop().sock_sendall(client, endless)
    client.close()


async def test_requests_without_end_behind_one_are_not_kept(patient: ApiProcess) -> None:
    reader, writer = await _connect(patient)
    writer.write(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n" * 10_000)
    assert (await _end(reader, writer)).count(b"HTTP/1.1 200 ") < 10_000


async def test_a_body_in_chunks_of_one_byte_is_read_to_its_end(patient: ApiProcess) -> None:
    """Their frames are more than a head may have."""
    reader, writer = await _connect(patient)
    body = b"{" + b" " * 15_000 + b"}"
    chunks = b"".join(b"00000001\r\n%c\r\n" % byte for byte in body)
    writer.write(BODY + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
    async with asyncio.timeout(SOON_SECONDS):
        # It was read: what is missing is the pair against forgery.
        assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 403 ")
    writer.close()


async def test_who_leaves_with_requests_waiting_is_no_failure_of_ours(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with api_process(settings, tmp_path_factory.mktemp("left")) as left:
        for _ in range(10):
            reader, writer = await _connect(left)
            writer.write(b"GET /api/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
            await reader.read(1)
            writer.transport.abort()
        assert left.is_serving()
    assert "request.failed" not in left.log.read_text()


async def test_a_client_that_leaves_in_mid_body_is_no_failure_of_ours(server: ApiProcess) -> None:
    reader, writer = await _connect(server)
    writer.write(BODY + b"X-Request-ID: left-in-mid-body\r\nContent-Length: 9999\r\n\r\n{")
    with suppress(TimeoutError):
        async with asyncio.timeout(TRICKLE_SECONDS):
            await reader.read(1)
    writer.close()

    def lines() -> list[dict[str, object]]:
        return [json.loads(line) for line in server.log.read_text().splitlines() if "left-in-mid-body" in line]

    assert await asyncio.to_thread(wait_until, lambda: lines() != [], SOON_SECONDS)
    assert [(line["event"], line["status"]) for line in lines()] == [("request.served", 499)]
    assert "Traceback" not in server.log.read_text()


async def test_bodies_that_are_held_back_hold_nothing_of_ours(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory, people: People
) -> None:
    """A hundred and fifty bodies of one byte, of somebody who is signed in, and two connections to the database."""
    owner = await people.owner()
    token = f"Authorization: Bearer {owner.client.token}\r\n".encode()
    with api_process(settings, tmp_path_factory.mktemp("api"), DATABASE_POOL_SIZE="2") as patient:
        held = [await _connect(patient) for _ in range(150)]
        for _, writer in held:
            writer.write(
                b"POST /api/projects HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + token
            )
            writer.write(b"Content-Length: 99\r\n\r\n{")
        reader, writer = await _connect(patient)
        for _ in range(20):
            writer.write(b"GET /api/auth/me HTTP/1.1\r\nHost: localhost\r\n" + token + b"\r\n")
            async with asyncio.timeout(SOON_SECONDS):
                answer = await reader.readuntil(b"\r\n\r\n")
                length = int(answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
                await reader.readexactly(length)
            assert answer.startswith(b"HTTP/1.1 200 ")
        assert not any(other.at_eof() for other, _ in held)
        # Closed before the server ends: it would wait for them.
        for _, other in [*held, (reader, writer)]:
            other.close()
            await other.wait_closed()
