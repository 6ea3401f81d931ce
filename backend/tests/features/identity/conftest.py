"""Who carries the mails of these tests."""

from collections.abc import Iterator

import pytest

from capecontrol.core.ports import Ports
from capecontrol.features.notifications.ports import Mailer
from tests.features.proposals.carriers import Postbox
from tests.kept_ports import kept


@pytest.fixture
def postbox(ports: Ports) -> Iterator[Postbox]:
    carrier = Postbox()
    with kept(ports, Mailer):
        ports.provide(Mailer, carrier)
        yield carrier
