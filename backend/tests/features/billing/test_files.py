"""Stored files over HTTP: invoices, proposals and shared proposals answer alike, whatever the storage does."""

import re
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from httpx import Response

from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage, StorageError
from tests.features.billing.conftest import Shop

Download = Callable[[], Awaitable[Response]]
DOORS = ("invoice", "proposal", "shared proposal")


class StorageAway:
    """A storage that does not answer."""

    async def put(self, key: str, data: bytes, media_type: str) -> None:
        raise StorageError("away for this test")

    async def get(self, key: str) -> bytes:
        raise StorageError("away for this test")

    async def exists(self, key: str) -> bool:
        raise StorageError("away for this test")


@pytest.fixture
async def downloads(shop: Shop) -> dict[str, Download]:
    """The ways to a stored document."""
    invoice = await shop.paid(is_mailed=True)
    [mail] = await shop.mails("Proposal")
    link = re.search(r"/p/([A-Za-z0-9_-]{43})", mail.text)
    assert link is not None, mail.text
    stranger = shop.people.stranger()
    return {
        "invoice": lambda: shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf"),
        "proposal": lambda: shop.owner.client.get(f"/api/proposals/{invoice['proposal_id']}/pdf"),
        "shared proposal": lambda: stranger.get(f"/api/proposals/view/{link[1]}/pdf"),
    }


@pytest.mark.parametrize("door", DOORS)
async def test_a_stored_file_is_something_to_save_that_no_cache_keeps(
    downloads: dict[str, Download], door: str
) -> None:
    answer = await downloads[door]()

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert re.fullmatch(
        r'attachment; filename="[A-Z]+-\d{4}-\d+[a-z0-9-]*\.pdf"', answer.headers["content-disposition"]
    )
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.content.startswith(b"%PDF")


async def test_storage_that_does_not_answer_is_503_everywhere(downloads: dict[str, Download], ports: Ports) -> None:
    ports.provide(ObjectStorage, StorageAway())

    answers = [await downloads[door]() for door in DOORS]

    assert [(answer.status_code, answer.json()["type"]) for answer in answers] == [(503, "unavailable")] * 3
    assert all(answer.headers["retry-after"].isdigit() for answer in answers)
    assert {answer.json()["detail"] for answer in answers} == {"Storage isn't responding. Try again shortly."}


async def test_a_file_that_is_gone_is_503_everywhere(downloads: dict[str, Download], tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "objects")

    answers = [await downloads[door]() for door in DOORS]

    assert [(answer.status_code, answer.json()["type"]) for answer in answers] == [(503, "unavailable")] * 3
    assert {answer.json()["detail"] for answer in answers} == {
        "This file is missing from storage. Contact us and quote the request ID, so that we can restore it."
    }, "true for a client and for staff, who are those to tell"


async def test_an_invoice_whose_pdf_is_not_written_yet_says_so(shop: Shop) -> None:
    invoice = await shop.paid()
    await shop.rows("update invoices set pdf_key = null, pdf_sha256 = null returning id")

    answer = await shop.owner.client.get(f"/api/billing/invoices/{invoice['id']}/pdf")

    assert (answer.status_code, answer.json()["type"]) == (409, "billing/document-not-ready")


async def test_the_api_document_declares_every_pdf_alike(shop: Shop) -> None:
    document = (await shop.people.stranger().get("/openapi.json")).json()

    declared = {
        operation["operationId"]: operation["responses"]["200"]["content"]
        for path in document["paths"].values()
        for operation in path.values()
        if "application/pdf" in operation["responses"].get("200", {}).get("content", {})
    }

    binary = {"schema": {"type": "string", "format": "binary"}, "example": "(the bytes of the file)"}
    files = ("get_invoice_pdf", "download_proposal", "download_shared_proposal")
    assert declared == {name: {"application/pdf": binary} for name in files}
    for operation in (operation for path in document["paths"].values() for operation in path.values()):
        if operation["operationId"] in declared:
            assert "503" in operation["responses"], operation["operationId"]
