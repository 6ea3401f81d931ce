"""Edits and sendings at the same moment: one of them counts, and the other is told."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory
from tests.features.proposals.agency import LINES, Agency
from tests.features.proposals.carriers import Postbox
from tests.outbox_drain import Drain
from tests.people import SYSTEM, People, Person


class Meeting:
    """Lets requests meet between what they read of a proposal and what they write to it.

    Its row is locked from elsewhere meanwhile: each request reads it as it is and waits with its write. When all are
    waiting, the lock goes, and they write in the order in which they came.
    """

    def __init__(self, factory: UnitOfWorkFactory, proposal_id: str) -> None:
        self.factory = factory
        self.proposal_id = uuid.UUID(proposal_id)

    async def of(self, *requests: Coroutine[Any, Any, Response]) -> Sequence[Response]:
        """Return the answers, in the order of the requests."""
        async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
            async with self._row_locked() as work:
                under_way = []
                for request in requests:
                    under_way.append(tasks.create_task(request))
                    await waiting(work, len(under_way))
            return await asyncio.gather(*under_way)

    @asynccontextmanager
    async def _row_locked(self) -> AsyncIterator[UnitOfWork]:
        async with self.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            await work.session.execute(
                text("select id from proposals where id = :id for update"), {"id": self.proposal_id}
            )
            yield work


async def waiting(work: UnitOfWork, count: int) -> None:
    """Return when so many wait for a lock."""
    statement = text("select count(distinct pid) from pg_locks where not granted")
    while (await work.session.execute(statement)).scalar_one() < count:
        pass


@pytest.fixture
async def colleague(agency: Agency, people: People) -> Person:
    """A second operator; both have their CSRF pair."""
    colleague = await people.operator()
    await colleague.client.csrf()
    await agency.operator.client.csrf()
    return colleague


async def test_of_two_edits_at_once_one_is_saved_and_the_other_told(
    agency: Agency, colleague: Person, factory: UnitOfWorkFactory
) -> None:
    draft = await agency.draft()
    path = f"/api/proposals/{draft['id']}"

    first, second = await Meeting(factory, draft["id"]).of(
        agency.operator.client.patch(path, {"title": "First"}), colleague.client.patch(path, {"terms": "Second"})
    )

    assert (first.status_code, second.status_code) == (200, 412), second.text
    assert second.json()["type"] == "precondition-failed"
    stored = await agency.read(draft["id"])
    assert (stored["title"], stored["terms"], stored["revision"]) == ("First", "", draft["revision"] + 1)


async def test_what_was_edited_while_it_was_sent_is_not_sent(
    agency: Agency, colleague: Person, factory: UnitOfWorkFactory
) -> None:
    draft = await agency.draft()
    path = f"/api/proposals/{draft['id']}"
    dearer = [{**LINES[0], "quantity": 3}]

    edited, refused = await Meeting(factory, draft["id"]).of(
        colleague.client.patch(path, {"line_items": dearer}), agency.operator.client.post(f"{path}/send")
    )

    assert (edited.status_code, refused.status_code) == (200, 412), refused.text
    stored = await agency.read(draft["id"])
    assert (stored["status"], stored["content_hash"]) == ("DRAFT", None)
    assert stored["total"] == edited.json()["total"] != draft["total"]
    assert await agency.project_status(draft["project_id"]) == "DRAFT"
    sent = await agency.send(draft["id"])
    assert sent["total"] == edited.json()["total"]


async def test_what_is_sent_while_it_was_edited_stays_as_it_was_sent(
    agency: Agency, colleague: Person, factory: UnitOfWorkFactory
) -> None:
    draft = await agency.draft()
    path = f"/api/proposals/{draft['id']}"

    sent, refused = await Meeting(factory, draft["id"]).of(
        agency.operator.client.post(f"{path}/send"), colleague.client.patch(path, {"title": "Too late"})
    )

    assert (sent.status_code, refused.status_code) == (200, 409), refused.text
    assert refused.json()["type"] == "proposals/locked"
    stored = await agency.read(draft["id"])
    assert (stored["title"], stored["content_hash"]) == (draft["title"], sent.json()["content_hash"])


@pytest.mark.parametrize("is_decided_first", [True, False])
async def test_what_is_declined_while_it_is_sent_again_is_mailed_to_nobody(
    agency: Agency, factory: UnitOfWorkFactory, drain: Drain, postbox: Postbox, is_decided_first: bool
) -> None:
    sent = await agency.sent()
    await agency.operator.client.csrf()
    await agency.owner.client.csrf()
    path = f"/api/proposals/{sent['id']}"
    requests = [agency.operator.client.post(f"{path}/send-again"), agency.owner.client.post(f"{path}/decline", {})]

    answers = await Meeting(factory, sent["id"]).of(*(reversed(requests) if is_decided_first else requests))

    assert [answer.status_code for answer in answers] == ([200, 409] if is_decided_first else [200, 200])
    assert (await agency.read(sent["id"]))["status"] == "DECLINED"
    await drain()
    assert [mail.subject for mail in postbox.mails if mail.to == agency.owner.email] == []


@pytest.mark.parametrize("step", ["approve", "decline", "send-again"])
async def test_who_takes_the_mails_of_a_version_back_and_who_mails_it_do_not_wait_for_each_other(
    agency: Agency, factory: UnitOfWorkFactory, step: str
) -> None:
    sent = await agency.sent()
    client = (agency.operator if step == "send-again" else agency.owner).client
    await client.csrf()
    async with (
        asyncio.timeout(20),
        asyncio.TaskGroup() as tasks,
        factory.unit(SYSTEM, PlatformScope("tests")) as work,
    ):
        # As ``deliver_proposal`` completes: its message first, then the version.
        await work.session.execute(text("select id from outbox where consumer = 'proposals.mail' for update"))
        under_way = tasks.create_task(client.post(f"/api/proposals/{sent['id']}/{step}"))
        await waiting(work, 1)
        await work.session.execute(text("select id from proposals where id = :id for update"), {"id": sent["id"]})
    assert under_way.result().status_code == 200
