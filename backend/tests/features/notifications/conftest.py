"""Where mails go in these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.adapters.storage.folder import FolderStorage
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage
from capecontrol.features.notifications.ports import Mailer
from tests.moving_clock import MovingClock


@pytest.fixture
def mailbox(ports: Ports, tmp_path: Path, clock: MovingClock) -> Iterator[LocalMailbox]:
    """A mailbox and a storage of the test's own."""
    before, storage = ports.get(Mailer), ports.get(ObjectStorage)
    mailbox = LocalMailbox(tmp_path / "mailbox", "CapeControl <no-reply@capecontrol.test>", clock)
    ports.provide(Mailer, mailbox)
    ports.provide(ObjectStorage, FolderStorage(tmp_path / "objects"))
    yield mailbox
    ports.provide(Mailer, before)
    ports.provide(ObjectStorage, storage)
