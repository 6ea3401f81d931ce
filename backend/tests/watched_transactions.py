"""Watches the transactions of a process, so that a test may say how many there are at a time and what they ask."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime

import pytest

from capecontrol.core.db.database import Database
from capecontrol.core.db.scope import Scope
from capecontrol.core.db.transaction import Transaction


@contextmanager
def watched_transactions(began: Callable[[Transaction], None], ended: Callable[[Transaction], None]) -> Iterator[None]:
    """Tell of each transaction that begins, and that ends, while the block runs."""
    opened = Database.transaction

    @asynccontextmanager
    async def watched(
        database: Database, scope: Scope, now: Callable[[], datetime], *, may_linger: bool = False
    ) -> AsyncIterator[Transaction]:
        async with opened(database, scope, now, may_linger=may_linger) as transaction:
            began(transaction)
            try:
                yield transaction
            finally:
                ended(transaction)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "transaction", watched)
        yield
