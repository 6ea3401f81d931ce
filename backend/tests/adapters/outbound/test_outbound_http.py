"""Calls to addresses that people typed in."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from capecontrol.adapters.outbound.client import OutboundFailed, OutboundHttp
from capecontrol.adapters.outbound.destination import DestinationRefused, destination_of
from tests.adapters.n8n.receiver import serving

HITS: list[str] = []


async def _ok(request: Request) -> Response:
    HITS.append(request.url.path)
    return PlainTextResponse(f"{request.headers['host']} {request.headers.get('accept-encoding')}")


async def _away(request: Request) -> Response:
    return RedirectResponse("/ok")


async def _large(request: Request) -> Response:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b"x" * 65536

    return StreamingResponse(chunks())


async def _slow(request: Request) -> Response:
    async def drops() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"."
            await asyncio.sleep(0.05)

    return StreamingResponse(drops())


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    routes = [Route("/ok", _ok), Route("/away", _away), Route("/large", _large), Route("/slow", _slow)]
    with serving(Starlette(routes=routes)) as found:
        yield found


def named(address: str) -> frozenset[str]:
    return frozenset({urlsplit(address).netloc})


REFUSED = {
    "plain http": "http://example.com/",
    "a port off the list": "https://example.com:22/",
    "a user": "https://user:pass@example.com/",
    "a user that looks like a host": "https://example.com@127.0.0.1/",
    "a backslash": "https://example.com\\@127.0.0.1/",
    "a file": "file:///etc/passwd",
    "gopher": "gopher://example.com/",
    "no host": "https:///x",
    "full-width digits": "https://１２７.0.0.1/",
    "a space": "https://exa mple.com/",
    "an escaped host": "https://%31%32%37.0.0.1/",
    "a trailing dot": "https://localhost./",
    "no URL": "hello",
    "a decimal address": "https://2130706433/",
    "a hexadecimal address": "https://0x7f000001/",
    "an octal address": "https://0177.0.0.1/",
    "a short address": "https://127.1/",
    "a port that is none": "https://example.com:99999/",
    "an IPv6 zone": "https://[fe80::1%25eth0]/",
}


@pytest.mark.parametrize("url", REFUSED.values(), ids=REFUSED)
def test_refused_before_any_look_up(url: str) -> None:
    with pytest.raises(DestinationRefused):
        destination_of(url, frozenset())


@pytest.mark.parametrize("url", ["http://n8n.office/", "https://n8n.office:22/"])
def test_whoever_may_not_allow_a_private_host_is_told_who_may(url: str) -> None:
    with pytest.raises(DestinationRefused, match="the person who runs CapeControl") as refused:
        destination_of(url, frozenset())
    assert "_" not in str(refused.value), "the name of a setting says nothing to whoever connects a server"


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "[::1]", "localhost", "[::ffff:127.0.0.1]"])
async def test_private_addresses_look_like_nothing_there(host: str) -> None:
    with pytest.raises(OutboundFailed, match="no answer"):
        await OutboundHttp().request("GET", f"https://{host}/")


async def test_one_private_answer_among_public_ones_is_enough_to_refuse() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    with pytest.raises(OutboundFailed):
        await OutboundHttp(resolve=resolve).request("GET", "https://example.com/")


async def test_named_hosts_are_called_with_their_name(address: str) -> None:
    host = urlsplit(address).netloc
    answer = await OutboundHttp(allowed_private_hosts=named(address)).request("GET", f"{address}/ok")
    assert (answer.status, answer.body.decode()) == (200, f"{host} identity")


async def test_the_name_is_looked_up_once_for_each_call(address: str) -> None:
    port = urlsplit(address).port
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    http = OutboundHttp(allowed_private_hosts=frozenset({f"n8n.internal:{port}"}), resolve=resolve)
    await http.request("GET", f"http://n8n.internal:{port}/ok")
    assert asked == ["n8n.internal"]


async def test_a_name_that_turns_to_a_private_address_is_not_called(address: str) -> None:
    HITS.clear()

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with pytest.raises(OutboundFailed):
        await OutboundHttp(resolve=resolve).request("GET", "https://rebound.example:8443/ok")
    assert HITS == []


async def test_redirects_are_not_followed(address: str) -> None:
    HITS.clear()
    answer = await OutboundHttp(allowed_private_hosts=named(address)).request("GET", f"{address}/away")
    assert answer.status == 307
    assert HITS == []


async def test_the_environments_proxies_are_not_used(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    answer = await OutboundHttp(allowed_private_hosts=named(address)).request("GET", f"{address}/ok")
    assert answer.status == 200


async def test_large_answers_are_cut_off(address: str) -> None:
    with pytest.raises(OutboundFailed, match="too large"):
        await OutboundHttp(allowed_private_hosts=named(address)).request("GET", f"{address}/large")


async def test_the_deadline_holds_for_the_whole_answer(address: str) -> None:
    """Each single read is fast; a deadline on reads alone would wait for ever."""
    with pytest.raises(OutboundFailed):
        await OutboundHttp(allowed_private_hosts=named(address), total_seconds=0.3).request("GET", f"{address}/slow")
