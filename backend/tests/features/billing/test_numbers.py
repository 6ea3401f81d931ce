"""Invoice numbers: no gaps, no doubles, whoever issues at once and whatever rolls back; the year is the issuer's."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.series import next_number
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.billing.lifecycle import invoice_number
from tests.features.billing.conftest import Shop
from tests.moving_clock import MovingClock
from tests.people import SYSTEM
from tests.seeded_random import SeededRandom


class Undone(Exception):
    """The transaction is rolled back."""


async def test_eight_at_once_with_rollbacks_leave_no_gap(clean: None, factory: UnitOfWorkFactory) -> None:
    """Each number is taken in a transaction that may fail after it was taken."""
    chance = SeededRandom(20261121)
    kept: list[int] = []
    # As many as have a connection each: a wait for one must not decide what is counted.
    at_once = asyncio.Semaphore(8)

    async def issue(fails: bool) -> None:
        async with at_once, factory.unit(SYSTEM, PlatformScope("tests")) as work:
            number = await next_number(work, "invoice", 2026)
            await asyncio.sleep(0)
            if fails:
                raise Undone
        kept.append(number)

    results = await asyncio.gather(*(issue(chance.below(10) < 3) for _ in range(60)), return_exceptions=True)
    assert sum(isinstance(result, Undone) for result in results) == 60 - len(kept)
    assert 0 < len(kept) < 60
    assert sorted(kept) == list(range(1, len(kept) + 1))


async def test_years_count_apart(clean: None, factory: UnitOfWorkFactory) -> None:
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        numbers = [await next_number(work, "invoice", year) for year in (2026, 2027, 2026)]
    assert numbers == [1, 1, 2]


@pytest.mark.parametrize(
    ("moment", "year"),
    [(datetime(2026, 12, 31, 21, 59, tzinfo=UTC), 2026), (datetime(2026, 12, 31, 22, 0, tzinfo=UTC), 2027)],
)
def test_the_year_is_the_issuers(moment: datetime, year: int) -> None:
    assert Business(timezone=ZoneInfo("Africa/Johannesburg")).year_of(moment) == year


def test_numbers_are_written_with_four_digits_or_more() -> None:
    assert [invoice_number(2026, n) for n in (1, 42, 9999, 10000)] == [
        "INV-2026-0001",
        "INV-2026-0042",
        "INV-2026-9999",
        "INV-2026-10000",
    ]


async def test_payments_that_arrive_at_once_are_numbered_without_gaps(shop: Shop) -> None:
    for _ in range(5):
        opened = (await shop.checkout(await shop.approved())).json()
        await shop.pay(opened["url"])
    await shop.receive_webhooks()
    waiting = await shop.rows(
        "select id from outbox where consumer = 'billing.apply_stripe_webhook' and done_at is null"
    )
    # Each message by two workers at once.
    await asyncio.gather(*(shop.drain.runner.run(row["id"]) for row in waiting for _ in range(2)))
    await shop.drain.make_due()
    await shop.drain()
    ledger = await shop.ledger()
    assert [str(row[0])[-4:] for row in ledger["invoices"]] == ["0001", "0002", "0003", "0004", "0005"]
    assert len(ledger["payments"]) == 5


async def test_an_invoice_of_new_years_eve_is_of_the_new_year(shop: Shop, clock: MovingClock) -> None:
    proposal = await shop.approved()
    eve = datetime(datetime.now(UTC).year, 12, 31, 22, 30, tzinfo=UTC)
    opened = (await shop.checkout(proposal)).json()
    await shop.pay(opened["url"])
    clock.advance(eve - clock.now())
    await shop.settle()
    [invoice] = await shop.rows("select number, issued_at from invoices")
    assert invoice["number"] == f"INV-{eve.year + 1}-0001"
