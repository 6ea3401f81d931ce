"""Fixtures for proposals."""

from collections.abc import Iterator

import pytest

from capecontrol.core.documents import PdfRenderer
from capecontrol.core.ports import Ports
from capecontrol.features.notifications.ports import Mailer
from tests.features.proposals.agency import Agency
from tests.features.proposals.carriers import HtmlRenderer, Postbox
from tests.people import People


@pytest.fixture
async def agency(people: People) -> Agency:
    """An operator and a customer."""
    return await Agency.open(people)


@pytest.fixture(autouse=True)
def renderer(ports: Ports) -> Iterator[HtmlRenderer]:
    """The renderer of these tests."""
    wired, renderer = ports.get(PdfRenderer), HtmlRenderer()
    ports.provide(PdfRenderer, renderer)
    yield renderer
    ports.provide(PdfRenderer, wired)


@pytest.fixture
def postbox(ports: Ports) -> Iterator[Postbox]:
    """The carrier of these tests."""
    wired, postbox = ports.get(Mailer), Postbox()
    ports.provide(Mailer, postbox)
    yield postbox
    ports.provide(Mailer, wired)
