"""Delete a rate of a tax on sales that has not begun."""

from capecontrol.core.business import Business
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.work import UnitOfWork
from capecontrol.features.business.current import record_to_change
from capecontrol.features.business.dao import BusinessDao, TaxRateDao
from capecontrol.features.business.errors import TaxRateBegun, TaxRateIsDefault
from capecontrol.features.business.models import TaxRateRecord


async def delete_tax_rate(work: UnitOfWork, business: Business, row: TaxRateRecord) -> None:
    """Delete a rate before its first day.

    Raises:
        NotFound: somebody else deleted it just now.
        TaxRateBegun: it is that day, where the business is, or later.
        TaxRateIsDefault: it is the last rate of the tax that new lines start with.
    """
    if row.valid_from <= business.day_of(work.now()):
        raise TaxRateBegun("Documents may already use it. Add a new rate that replaces it instead.")
    # Before it is asked what the default is: whoever marks this tax meanwhile waits, and finds no rate of it.
    await BusinessDao(work).stamp()
    row = await TaxRateDao(work).as_now(row)
    if row.name == (await record_to_change(work, business)).default_tax:
        rows = await TaxRateDao(work).newest_first()
        if not any(other.name == row.name and other.id != row.id for other in rows):
            raise TaxRateIsDefault(f"It is the only rate of {row.name}. Choose another default for new lines first.")
    await TaxRateDao(work).remove(row)
    note_change(work, Topic.BUSINESS)
    await work.record(
        "business.tax_rate_deleted",
        resource=("tax_rate", row.id),
        metadata={"name": row.name, "rate": str(row.rate), "valid_from": row.valid_from.isoformat()},
    )
