"""Add a rate of the tax on sales."""

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


async def add_tax_rate(
    work: UnitOfWork, known: Business, *, name: str, rate: Decimal, valid_from: date
) -> TaxRateRecord:
    """Add a rate that counts from a day on, and return it.

    Raises:
        TaxRateTaken: the tax has a rate from that day on.
    """
    taken = TaxRateTaken(f"There is already a {name} rate from {valid_from}. Choose a different date.")
    await record_to_change(work, known)
    dao = TaxRateDao(work)
    if await dao.has(name, valid_from):
        raise taken
    try:
        row = await dao.add(TaxRateRecord(id=new_id(), name=name, rate=rate, valid_from=valid_from))
    except KeyTaken:
        raise taken from None
    await BusinessDao(work).stamp()
    note_change(work, Topic.BUSINESS)
    await work.record(
        "business.tax_rate_added",
        resource=("tax_rate", row.id),
        metadata={"name": name, "rate": str(rate), "valid_from": valid_from.isoformat()},
    )
    return row
