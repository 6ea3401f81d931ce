"""Say when a rate of a tax on sales ends."""

from datetime import date

from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.work import UnitOfWork
from capecontrol.features.business.dao import BusinessDao, TaxRateDao
from capecontrol.features.business.models import TaxRateRecord
from capecontrol.features.business.tax_period import check_period


async def end_tax_rate(work: UnitOfWork, row: TaxRateRecord, valid_until: date | None) -> None:
    """Let a rate count until a day, which may have passed, or without an end. Lines that have it keep it.

    Raises:
        NotFound: somebody deleted it just now.
        Invalid: it would end before it begins.
    """
    check_period(row.valid_from, valid_until)
    await BusinessDao(work).stamp()
    row = await TaxRateDao(work).as_now(row)
    before = row.valid_until
    if valid_until == before:
        return
    await TaxRateDao(work).end(row, valid_until)
    note_change(work, Topic.BUSINESS)
    await work.record(
        "business.tax_rate_updated",
        resource=("tax_rate", row.id),
        metadata={
            "name": row.name,
            "rate": str(row.rate),
            "before": {"valid_until": before and before.isoformat()},
            "after": {"valid_until": valid_until and valid_until.isoformat()},
        },
    )
