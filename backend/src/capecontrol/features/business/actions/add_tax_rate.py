"""Add a rate of a tax on sales."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from capecontrol.core.business import Business
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.dao import KeyTaken
from capecontrol.core.ids import new_id
from capecontrol.core.work import UnitOfWork
from capecontrol.features.business.current import record_to_change
from capecontrol.features.business.dao import BusinessDao, TaxRateDao
from capecontrol.features.business.errors import TaxRateTaken
from capecontrol.features.business.models import TaxRateRecord
from capecontrol.features.business.tax_period import check_period


async def add_tax_rate(
    work: UnitOfWork, known: Business, *, name: str, rate: Decimal, valid_from: date, valid_until: date | None = None
) -> TaxRateRecord:
    """Add a rate that counts from a day on, until another one if that is given, and return it.

    It joins the tax of its name, which is spelled as it was: a rate of "vat" is VAT's next one, not another tax's.

    Raises:
        Invalid: it would end before it begins.
        TaxRateTaken: the tax has a rate from that day on.
    """
    check_period(valid_from, valid_until)
    await record_to_change(work, known)
    await BusinessDao(work).stamp()
    dao = TaxRateDao(work)
    there = await dao.newest_first()
    name = _spelled(name, {row.name for row in there})
    taken = TaxRateTaken(f"There is already a {name} rate from {valid_from}. Choose a different date.")
    if any(row.name == name and row.valid_from == valid_from for row in there):
        raise taken
    try:
        row = await dao.add(
            TaxRateRecord(id=new_id(), name=name, rate=rate, valid_from=valid_from, valid_until=valid_until)
        )
    except KeyTaken:
        raise taken from None
    note_change(work, Topic.BUSINESS)
    await work.record(
        "business.tax_rate_added",
        resource=("tax_rate", row.id),
        metadata={
            "name": name,
            "rate": str(rate),
            "valid_from": valid_from.isoformat(),
            "valid_until": valid_until and valid_until.isoformat(),
        },
    )
    return row


def _spelled(name: str, taxes: Collection[str]) -> str:
    """Return how the tax of a name is spelled; a name that no tax has stays as it is."""
    if name in taxes:
        return name
    return next((tax for tax in sorted(taxes) if tax.casefold() == name.casefold()), name)
