"""Change the business."""

from collections.abc import Mapping
from typing import Any

from capecontrol.core.business import BankDetails, Business
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.problems import PreconditionFailed
from capecontrol.core.revision import ExpectedRevisions, check_revision
from capecontrol.core.work import UnitOfWork
from capecontrol.features.business.current import record_to_change
from capecontrol.features.business.dao import BusinessDao, TaxRateDao, business_of, columns_of_business
from capecontrol.features.business.models import BusinessRecord

#: How much of a member of the bank details the audit log may hold.
TOLD_MAX = 4


async def edit_business(
    work: UnitOfWork, known: Business, changes: Mapping[str, Any], *, expected: ExpectedRevisions
) -> Business:
    """Change members of the business, by the names of the record's columns, and return it as it is then.

    Raises:
        PreconditionFailed: somebody else has changed it since the editor read it.
    """
    row = await record_to_change(work, known)
    check_revision(expected, row.revision)
    before = {name: getattr(row, name) for name in changes}
    after = {name: value for name, value in changes.items() if value != before[name]}
    if after:
        if not await BusinessDao(work).revise_row(row, BusinessRecord.revision == row.revision, **after):
            raise PreconditionFailed("Someone else saved this at the same time. Reload it and make your change again.")
        note_change(work, Topic.BUSINESS)
        await work.record(
            "business.updated",
            resource=("business", row.id),
            metadata={
                "before": {name: _told(name, before[name]) for name in after},
                "after": {name: _told(name, value) for name, value in after.items()},
            },
        )
    return business_of(row, await TaxRateDao(work).newest_first())


async def change_bank_details(
    work: UnitOfWork, known: Business, bank: BankDetails | None, *, expected: ExpectedRevisions
) -> Business:
    """Change where clients transfer money to, or take it away, and return the business as it is then.

    Raises:
        PreconditionFailed: somebody else has changed the business since the editor read it.
    """
    changes = {"bank": columns_of_business(Business(bank=bank))["bank"]}
    return await edit_business(work, known, changes, expected=expected)


def _told(name: str, value: Any) -> object:
    """Return what the audit log holds of a member: of bank details no more than the last characters."""
    if name == "bank" and value is not None:
        return {member: f"…{text[-TOLD_MAX:]}" if text else "" for member, text in value.items()}
    return value
