"""The installation of the tests of keys."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from capecontrol.main.settings import Settings
from tests.clean_tables import CleanTables
from tests.core.secret_keys.installation import Installation
from tests.moving_clock import MovingClock


@pytest.fixture
async def installation(
    clean: None, clean_tables: CleanTables, settings: Settings, clock: MovingClock
) -> AsyncIterator[Installation]:
    """Processes of the test's own on the tests' database; none runs yet."""
    async with AsyncExitStack() as stack:
        yield Installation(settings, clock, stack, clean_tables.engine)
