"""Delete a rate of the tax on sales that has not begun."""

from capecontrol.core.business import Business
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.work import UnitOfWork
from capecontrol.features.business.dao import BusinessDao, TaxRateDao
from capecontrol.features.business.errors import TaxRateBegun
from capecontrol.features.business.models import TaxRateRecord


async def delete_tax_rate(work: UnitOfWork, business: Business, row: TaxRateRecord) -> None:
    """Delete a rate before its first day.

    Raises:
        TaxRateBegun: it is that day, where the business is, or later.
    """
    if row.valid_from <= business.day_of(work.now()):
        raise TaxRateBegun("Documents may already use it. Add a new rate that replaces it instead.")
    await TaxRateDao(work).remove(row)
    await BusinessDao(work).stamp()
    note_change(work, Topic.BUSINESS)
    await work.record(
        "business.tax_rate_deleted",
        resource=("tax_rate", row.id),
        metadata={"name": row.name, "rate": str(row.rate), "valid_from": row.valid_from.isoformat()},
    )
