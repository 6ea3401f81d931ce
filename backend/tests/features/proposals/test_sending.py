"""Sending makes the document first: what was sent can always be read, and what can't be printed stays a draft."""

import asyncio
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from capecontrol.adapters.pdf import renderer_process
from capecontrol.core.child_process import ChildProcess
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.http.idempotency.times import KeyTimes
from capecontrol.core.http.idempotency.twins import Twins
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage, StorageError
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.proposals.draft import TERMS_LINES_MAX, TEXT_MAX
from tests.features.proposals.agency import LINES, Agency
from tests.features.proposals.carriers import HtmlRenderer, Postbox
from tests.features.proposals.rendered_cost import cost_of
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import SYSTEM


async def stored_row(factory: UnitOfWorkFactory, proposal_id: str) -> dict[str, Any]:
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        found = await work.session.execute(text("select * from proposals where id = :id"), {"id": proposal_id})
        return dict(found.mappings().one())


class HeldRenderer:
    """A renderer that waits until it is told to go on."""

    def __init__(self) -> None:
        self.began, self.go_on = asyncio.Event(), asyncio.Event()

    async def render(self, html: str, pictures: Mapping[str, bytes] | None = None, *, source: str = "") -> bytes:
        self.began.set()
        await self.go_on.wait()
        return b"%PDF-" + html.encode()


class FullStorage:
    """A storage that keeps nothing, and notes what is removed."""

    def __init__(self, wired: ObjectStorage) -> None:
        self._wired = wired

    async def put(self, key: str, data: bytes, media_type: str) -> None:
        raise StorageError("the disk is full")

    async def get(self, key: str) -> bytes:
        return await self._wired.get(key)

    async def exists(self, key: str) -> bool:
        return await self._wired.exists(key)

    async def delete(self, key: str) -> None:
        await self._wired.delete(key)


class NotedStorage:
    """A storage that notes what was put and what was removed; one that dies does so when it has stored a file."""

    def __init__(self, wired: ObjectStorage, *, dies: bool = False) -> None:
        self._wired = wired
        self._dies = dies
        self.kept: list[str] = []
        self.removed: list[str] = []

    async def put(self, key: str, data: bytes, media_type: str) -> None:
        self.kept.append(key)
        await self._wired.put(key, data, media_type)
        if self._dies:
            raise SystemError("the process dies")

    async def get(self, key: str) -> bytes:
        return await self._wired.get(key)

    async def exists(self, key: str) -> bool:
        return await self._wired.exists(key)

    async def delete(self, key: str) -> None:
        self.removed.append(key)
        await self._wired.delete(key)


async def test_what_is_sent_has_its_document_at_once(
    agency: Agency, ports: Ports, factory: UnitOfWorkFactory, renderer: HtmlRenderer
) -> None:
    sent = await agency.sent()

    row = await stored_row(factory, sent["id"])
    data = await ports.get(ObjectStorage).get(row["pdf_key"])
    assert row["pdf_sha256"] == hashlib.sha256(data).hexdigest()
    assert sent["content_hash"].encode() in data
    assert b">Draft<" not in data
    paper = await agency.owner.client.get(f"/api/proposals/{sent['id']}/pdf")
    assert (paper.content, renderer.rendered) == (data, 1)


async def test_a_version_names_who_sent_it(agency: Agency) -> None:
    draft = await agency.draft()
    assert draft["sent_by"] is None

    sent = await agency.operator.client.post(f"/api/proposals/{draft['id']}/send")

    assert sent.json()["sent_by"] == str(agency.operator.id)


async def test_what_cannot_be_printed_stays_a_draft(
    agency: Agency, drain: Drain, postbox: Postbox, renderer: HtmlRenderer
) -> None:
    draft = await agency.draft()
    renderer.is_broken = True

    refused = await agency.operator.client.post(f"/api/proposals/{draft['id']}/send")

    assert (refused.status_code, refused.json()["type"]) == (503, "unavailable")
    assert refused.json()["detail"] == "We couldn't create the PDF, so the proposal wasn't sent. Try again shortly."
    assert await agency.read(draft["id"]) == draft
    await drain()
    assert postbox.mails == []
    assert (await agency.owner.client.get(f"/api/proposals/{draft['id']}")).status_code == 404

    renderer.is_broken = False
    assert (await agency.send(draft["id"]))["status"] == "SENT"


async def test_what_cannot_be_stored_stays_a_draft(agency: Agency, ports: Ports) -> None:
    draft = await agency.draft()
    with kept(ports, ObjectStorage):
        ports.provide(ObjectStorage, FullStorage(ports.get(ObjectStorage)))

        refused = await agency.operator.client.post(f"/api/proposals/{draft['id']}/send")

    assert refused.status_code == 503
    assert await agency.read(draft["id"]) == draft


async def test_no_transaction_is_open_while_a_document_is_made(
    agency: Agency, ports: Ports, factory: UnitOfWorkFactory
) -> None:
    draft = await agency.draft()
    held = HeldRenderer()
    with kept(ports, PdfRenderer):
        ports.provide(PdfRenderer, held)
        await agency.operator.client.csrf()
        sending = asyncio.create_task(agency.operator.client.post(f"/api/proposals/{draft['id']}/send"))
        await held.began.wait()

        async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
            lock = text("select status from proposals where id = :id for update nowait")
            assert (await work.session.execute(lock, {"id": draft["id"]})).scalar_one() == "DRAFT"
        held.go_on.set()
        assert (await sending).status_code == 200


async def test_an_edit_while_the_document_is_made_sends_nothing_and_leaves_no_file(
    agency: Agency, ports: Ports, drain: Drain, postbox: Postbox, clock: MovingClock
) -> None:
    draft = await agency.draft()
    held = HeldRenderer()
    with kept(ports, PdfRenderer, ObjectStorage):
        storage = NotedStorage(ports.get(ObjectStorage))
        ports.provide(PdfRenderer, held)
        ports.provide(ObjectStorage, storage)
        await agency.operator.client.csrf()
        sending = asyncio.create_task(agency.operator.client.post(f"/api/proposals/{draft['id']}/send"))
        await held.began.wait()
        edited = await agency.operator.client.patch(f"/api/proposals/{draft['id']}", {"title": "Dearer"})
        held.go_on.set()
        refused = await sending

        assert (edited.status_code, refused.status_code) == (200, 412)
        assert (await agency.read(draft["id"]))["status"] == "DRAFT"
        await drain()
        assert postbox.mails == []
        clock.advance(timedelta(hours=25))
        await drain.slot("core.sweep_uploads")
    assert storage.removed == storage.kept
    assert len(storage.kept) == 1


async def test_a_process_that_dies_before_the_version_is_sent_leaves_no_file_for_ever(
    agency: Agency, ports: Ports, drain: Drain, clock: MovingClock
) -> None:
    draft = await agency.draft()
    with kept(ports, ObjectStorage):
        wired = ports.get(ObjectStorage)
        storage, living = NotedStorage(wired, dies=True), NotedStorage(wired)
        ports.provide(ObjectStorage, storage)
        assert (await agency.operator.client.post(f"/api/proposals/{draft['id']}/send")).status_code == 500
        assert (await agency.read(draft["id"]))["status"] == "DRAFT"
        (lost,) = storage.kept
        ports.provide(ObjectStorage, living)
        await agency.send(draft["id"])
        (sent,) = living.kept

        clock.advance(timedelta(hours=25))
        await drain.slot("core.sweep_uploads")

        assert living.removed == [lost]
        assert await living.exists(sent)
        assert not await living.exists(lost)


async def test_an_overtaken_attempt_replaces_no_document(
    app: FastAPI, agency: Agency, ports: Ports, factory: UnitOfWorkFactory, renderer: HtmlRenderer
) -> None:
    """A process that was frozen while it printed goes on after another attempt with its key has sent the version."""
    draft = await agency.draft()
    path, key = f"/api/proposals/{draft['id']}/send", {"Idempotency-Key": str(uuid.uuid4())}
    held, before = HeldRenderer(), app.state.http
    app.state.http = replace(before, twins=Twins(KeyTimes(lease=timedelta(seconds=0.2), renew_seconds=3600)))
    try:
        with kept(ports, PdfRenderer, ObjectStorage):
            storage = NotedStorage(ports.get(ObjectStorage))
            ports.provide(PdfRenderer, held)
            ports.provide(ObjectStorage, storage)
            await agency.operator.client.csrf()
            overtaken = asyncio.create_task(agency.operator.client.post(path, headers=key))
            await held.began.wait()
            ports.provide(PdfRenderer, renderer)
            second = await agency.operator.client.post(path, headers=key)
            held.go_on.set()
            first = await overtaken
    finally:
        app.state.http = before

    assert (second.status_code, first.content) == (200, second.content)
    row = await stored_row(factory, draft["id"])
    printed, late = storage.kept
    assert row["pdf_key"] == printed != late
    data = await storage.get(printed)
    assert row["pdf_sha256"] == hashlib.sha256(data).hexdigest()


async def test_who_asks_again_with_the_same_key_after_a_lost_answer_has_sent_it(
    agency: Agency, factory: UnitOfWorkFactory, drain: Drain, postbox: Postbox
) -> None:
    draft = await agency.draft()
    path, key = f"/api/proposals/{draft['id']}/send", {"Idempotency-Key": str(uuid.uuid4())}
    first = await agency.operator.client.post(path, headers=key)
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(
            text("update idempotency_keys set status = null, answer = null, lease_until = now() where key = :key"),
            {"key": key["Idempotency-Key"]},
        )

    second = await agency.operator.client.post(path, headers=key)

    assert (second.status_code, second.json()) == (200, first.json())
    await drain()
    assert len(postbox.mails) == 1


async def test_what_expires_while_its_document_is_made_is_not_sent(
    agency: Agency, ports: Ports, drain: Drain, postbox: Postbox, clock: MovingClock
) -> None:
    end = (clock.now() + timedelta(minutes=5)).isoformat()
    draft = await agency.draft(valid_until=end)
    held = HeldRenderer()
    with kept(ports, PdfRenderer):
        ports.provide(PdfRenderer, held)
        await agency.operator.client.csrf()
        sending = asyncio.create_task(agency.operator.client.post(f"/api/proposals/{draft['id']}/send"))
        await held.began.wait()
        clock.advance(timedelta(minutes=6))
        held.go_on.set()
        refused = await sending

    assert (refused.status_code, refused.json()["type"]) == (409, "proposals/expired")
    assert (await agency.read(draft["id"]))["status"] == "DRAFT"
    await drain()
    assert postbox.mails == []


async def test_two_who_send_at_once_send_one_document(
    agency: Agency, ports: Ports, drain: Drain, postbox: Postbox, factory: UnitOfWorkFactory
) -> None:
    draft = await agency.draft()
    path = f"/api/proposals/{draft['id']}/send"
    held = HeldRenderer()
    with kept(ports, PdfRenderer):
        ports.provide(PdfRenderer, held)
        await agency.operator.client.csrf()
        both = [asyncio.create_task(agency.operator.client.post(path)) for _ in range(2)]
        await held.began.wait()
        held.go_on.set()
        answers = await asyncio.gather(*both)
    await drain()

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (mail,) = postbox.mails
    row = await stored_row(factory, draft["id"])
    assert hashlib.sha256(mail.attachments[0].data).hexdigest() == row["pdf_sha256"]


def lines_of(length: int) -> list[dict[str, Any]]:
    """Return lines whose descriptions have so many characters in all."""
    whole, rest = divmod(length, 500)
    return [LINES[0] | {"description": "x" * size} for size in [500] * whole + [rest] * (rest > 0)]


@pytest.mark.parametrize(
    ("parts", "pointer", "detail"),
    [
        (
            {"title": "t" * 100, "summary": "s" * 900, "terms": "x" * 9_001, "line_items": lines_of(40_000)},
            "/line_items",
            "Shorten the proposal to 50,000 characters. It has 50,001.",
        ),
        (
            {"title": "t" * 100, "summary": "s" * 901, "terms": "x" * 20_000, "line_items": lines_of(29_000)},
            "/line_items",
            "Shorten the proposal to 50,000 characters. It has 50,001.",
        ),
        ({"terms": "x\n" * (TERMS_LINES_MAX + 1)}, "/terms", "Shorten the terms to 1,000 lines."),
    ],
)
async def test_more_text_than_can_be_printed_is_refused_where_it_is_written(
    agency: Agency, parts: dict[str, Any], pointer: str, detail: str
) -> None:
    project, draft = (await agency.project())["id"], await agency.draft()

    created = await agency.try_draft(project, **parts)
    edited = await agency.operator.client.patch(f"/api/proposals/{draft['id']}", parts)

    for answer in (created, edited):
        assert answer.status_code == 422
        assert answer.json()["errors"] == [{"pointer": pointer, "detail": detail}]
    assert await agency.read(draft["id"]) == draft


async def test_as_much_text_as_can_be_printed_is_taken(agency: Agency) -> None:
    terms = "x\n" * (TERMS_LINES_MAX - 1) + "x" * 7_002
    rest = TEXT_MAX - len(terms) - 40_000

    draft = await agency.draft(title="t" * 100, summary="s" * (rest - 100), terms=terms, line_items=lines_of(40_000))

    assert draft["status"] == "DRAFT"


async def test_the_text_of_a_proposal_costs_about_as_much_wherever_it_stands(agency: Agency) -> None:
    """Long lines cost thirty times as much as terms of the same length, and one long word seventeen times."""
    words = "consultation " * 40
    child = ChildProcess(renderer_process.begin, deadline_seconds=120)

    async def cost(**parts: Any) -> float:
        draft = await agency.draft(**parts)
        page = (await agency.operator.client.get(f"/api/proposals/{draft['id']}/pdf")).content.removeprefix(b"%PDF-")
        return await child.run(cost_of, page.decode())

    try:
        usual = await cost(terms=(words * 39)[:20_000])
        assert await cost(line_items=[LINES[0] | {"description": words[:499]}] * 40) < 6 * usual
        assert await cost(terms="W" * 20_000) < 6 * usual
    finally:
        child.close()


async def test_a_draft_of_before_that_is_too_long_is_shortened_in_steps_and_not_sent(
    agency: Agency, factory: UnitOfWorkFactory, renderer: HtmlRenderer
) -> None:
    draft = await agency.draft(line_items=lines_of(40_000))
    path = f"/api/proposals/{draft['id']}"
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        longer = text("update proposals set terms = repeat('x', 19000), summary = repeat('y', 2000)")
        await work.session.execute(longer)

    opened = await agency.operator.client.get(path)
    refusals = [await agency.operator.client.post(f"{path}/send"), await agency.operator.client.get(f"{path}/pdf")]
    longer_still = await agency.operator.client.patch(path, {"terms": "x" * 19_001})
    shorter = await agency.operator.client.patch(path, {"terms": "x" * 15_000})
    short = await agency.operator.client.patch(path, {"terms": ""})

    assert len(opened.json()["terms"]) == 19_000
    assert [(one.status_code, one.json()["type"]) for one in refusals] == [(409, "proposals/too-long")] * 2
    assert refusals[0].json()["detail"] == "Shorten the proposal to 50,000 characters. It has 61,012."
    assert [longer_still.status_code, shorter.status_code, short.status_code] == [422, 200, 200]
    assert renderer.rendered == 0
    assert (await agency.send(draft["id"]))["status"] == "SENT"


def test_the_editor_counts_to_the_same_limit() -> None:
    source = Path(__file__).parents[4] / "frontend/src/features/proposals/text-length.tsx"
    assert f"TEXT_MAX = {TEXT_MAX:_};" in source.read_text()
