"""Write the record of the business when an installation begins, or when an operator asks for it by command."""

from capecontrol.core.business import Business
from capecontrol.core.work import UnitOfWork
from capecontrol.features.business.actions.edit_business import edit_business
from capecontrol.features.business.dao import BusinessDao, columns_of_business

#: What the settings say; all else of a record is left alone when it is overwritten.
SEEDED = ("name", "address", "tax_number", "email", "currency", "timezone")


async def seed_business(work: UnitOfWork, business: Business) -> bool:
    """Write the record of what the settings say unless there is one; tell whether it was written.

    Any number of processes start at once: one of them writes.
    """
    if not await BusinessDao(work).insert_missing(business):
        return False
    await work.record("business.seeded", resource=("business", None), metadata={"name": business.name})
    return True


async def reseed_business(work: UnitOfWork, business: Business) -> None:
    """Make the record say again what the settings say; where there is none, write it."""
    if await seed_business(work, business):
        return
    columns = columns_of_business(business)
    changes = {name: columns[name] for name in SEEDED}
    await edit_business(work, business, changes, expected=None, action="business.reseeded")
