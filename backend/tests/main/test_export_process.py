"""Exports over real sockets: who stalls holds nothing of ours, and who leaves or is broken off gets no end."""

import asyncio
import http.client
import json
import socket
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import pytest

from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.port import LOOPBACK
from capecontrol.local.process import wait_until
from capecontrol.main.settings import Settings
from tests.api_process import ApiProcess, api_process
from tests.features.audit.log import search, sql
from tests.people import People, Person

#: Some thirty MB: more than all buffers between us and a reader hold.
EVENTS = 100_000
FILL = """
insert into audit_events
  (id, occurred_at, actor_type, actor_label, action, resource_type, outcome, metadata, created_at)
select gen_random_uuid(), now() - number * interval '1 second', 'SYSTEM', 'tests', 'thing.made',
  'thing', 'SUCCESS', jsonb_build_object('padding', repeat('x', 150)), now()
from generate_series(1, :events) as number
"""
SOON_SECONDS = 20.0
PEOPLE = 6


@pytest.fixture(scope="module")
def server(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiProcess]:
    """An API with two connections to the database."""
    with api_process(settings, tmp_path_factory.mktemp("api"), DATABASE_POOL_SIZE="2") as running:
        yield running


@dataclass
class Download:
    """A request over a connection of its own, whose answer has begun."""

    connection: http.client.HTTPConnection
    answer: http.client.HTTPResponse

    @classmethod
    def begin(cls, server: ApiProcess, person: Person, path: str) -> "Download":
        connection = http.client.HTTPConnection(LOOPBACK, server.port, timeout=SOON_SECONDS)
        connection.connect()
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        connection.request("GET", path, headers={"Authorization": f"Bearer {person.client.token}"})
        return cls(connection, connection.getresponse())

    def end(self) -> None:
        self.answer.close()
        self.connection.close()


#: Begins a download of somebody's.
Begin = Callable[[Person, str], Awaitable[Download]]


@pytest.fixture
def begin(server: ApiProcess) -> Iterator[Begin]:
    """Begins downloads, and closes them at the end."""
    begun: list[Download] = []

    async def one(person: Person, path: str) -> Download:
        begun.append(await asyncio.to_thread(Download.begin, server, person, path))
        return begun[-1]

    yield one
    for download in begun:
        download.end()


async def test_twelve_stalled_downloads_hold_no_connection(
    begin: Begin, people: People, factory: UnitOfWorkFactory
) -> None:
    auditors = [await people.person(Role.AUDITOR) for _ in range(PEOPLE)]
    await sql(factory, FILL, events=EVENTS)

    stalled = [await begin(auditor, "/api/audit/export.csv") for auditor in auditors for _ in range(2)]

    # Eight are written at a time; the others are told when to come again.
    statuses = [one.answer.status for one in stalled]
    assert (statuses.count(200), statuses.count(503)) == (8, 4)
    assert all(one.answer.getheader("Retry-After") for one in stalled if one.answer.status == 503)
    for _ in range(5):
        assert (await begin(auditors[0], "/api/auth/me")).answer.status == 200
    for one in stalled:
        one.end()

    def aborted() -> bool:
        return len(asyncio.run_coroutine_threadsafe(_reasons(auditors[0]), loop).result()) == 8

    loop = asyncio.get_running_loop()
    assert await asyncio.to_thread(wait_until, aborted, SOON_SECONDS)
    assert set(await _reasons(auditors[0])) == {"client_left"}


async def _reasons(auditor: Person) -> list[str]:
    return [event["metadata"]["reason"] for event in await search(auditor, action="audit.export_aborted")]


async def test_a_session_that_ends_breaks_the_transfer_and_alarms_nobody(
    server: ApiProcess, begin: Begin, people: People, factory: UnitOfWorkFactory
) -> None:
    auditor, other = await people.person(Role.AUDITOR), await people.person(Role.AUDITOR)
    await sql(factory, FILL, events=EVENTS)
    download = await begin(auditor, "/api/audit/export.csv")
    assert download.answer.read(100).startswith(b"id,timestamp,")

    await sql(factory, "update sessions set revoked_at = now() where user_id = :id", id=auditor.id)

    with pytest.raises(http.client.IncompleteRead):
        await asyncio.to_thread(download.answer.read)
    assert await _reasons(other) == ["not_allowed"]
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    [cut_off] = [line for line in lines if line["event"] == "response.cut_off"]
    assert (cut_off["level"], cut_off["reason"]) == ("info", "not_allowed")
    served = [line for line in lines if line.get("request_id") == cut_off["request_id"]]
    assert [line["status"] for line in served if line["event"] == "request.served"] == [401]
    assert [line for line in lines if line["level"] in ("error", "critical")] == []
    assert "Traceback" not in server.log.read_text()
    assert (await begin(other, "/api/auth/me")).answer.status == 200


async def test_a_file_over_a_connection_ends_as_announced(begin: Begin, people: People) -> None:
    """Of a list without rows: its names."""
    operator = await people.operator()
    answer = (await begin(operator, "/api/projects/export.csv")).answer
    assert answer.status == 200
    assert answer.getheader("Content-Disposition", "").startswith('attachment; filename="projects-')
    assert answer.read() == b"\xef\xbb\xbfcode,title,status,proposal_status,organization,created_at,updated_at,id\r\n"
