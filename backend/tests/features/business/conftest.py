"""The process's business is as it was when a test that changes it is over."""

from collections.abc import Iterator

import pytest

from capecontrol.core.business import Business
from capecontrol.core.ports import Ports
from tests.kept_ports import kept


@pytest.fixture(autouse=True)
def business_kept(ports: Ports) -> Iterator[None]:
    with kept(ports, Business):
        yield
