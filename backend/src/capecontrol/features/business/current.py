"""The record of the business, and the business as it tells it."""

from capecontrol.core.business import Business
from capecontrol.core.problems import require
from capecontrol.core.work import UnitOfWork
from capecontrol.features.business.dao import BusinessDao, TaxRateDao, business_of
from capecontrol.features.business.models import BusinessRecord


async def record_to_change(work: UnitOfWork, known: Business) -> BusinessRecord:
    """Return the record for who changes it; where there is none, it is made of what the process knows."""
    dao = BusinessDao(work)
    found = await dao.find()
    if found is None:
        await dao.insert_missing(known)
        found = await dao.find()
    return require(found)


async def recorded_business(work: UnitOfWork) -> Business | None:
    """Return the business that the record tells of; None where there is no record."""
    row = await BusinessDao(work).find()
    return None if row is None else business_of(row, await TaxRateDao(work).newest_first())
