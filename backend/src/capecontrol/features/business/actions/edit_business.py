"""Change the business."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from typing import Any

from capecontrol.core.business import BankDetails, Business, OfferPicture
from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.problems import FieldError, Invalid, PreconditionFailed, require
from capecontrol.core.revision import ExpectedRevisions, check_revision
from capecontrol.core.uploads.dao import UploadDao
from capecontrol.core.work import UnitOfWork
from capecontrol.features.business.current import record_to_change
from capecontrol.features.business.dao import BusinessDao, TaxRateDao, business_of, columns_of_business
from capecontrol.features.business.events import BankDetailsChanged, ContactChanged
from capecontrol.features.business.models import BusinessRecord
from capecontrol.features.business.pictures import SHOWN_AFTERWARDS, keys_of
from capecontrol.features.business.record import record_change

#: How things look and are written, and what no document prints or charges. Whoever changes anything else speaks for the
#: business, which is not for somebody at an unlocked screen: a new member asks for the password unless it stands here.
UNPRINTED = frozenset(
    {"timezone", "number_format", "date_format", "days_to_pay", "accent", "accent_dark", "front_door"}
)
#: Where clients are told to write, call and look: in mails, documents, viewing links and on the front page.
CONTACT = frozenset({"email", "phone", "website"})
#: What the front page says of the business itself: where visitors write to, and whom they deal with.
SPOKEN = ("contact", "about")


async def edit_business(
    work: UnitOfWork,
    known: Business,
    changes: Mapping[str, Any],
    *,
    expected: ExpectedRevisions,
    confirm: Callable[[], None] | None = None,
    action: str = "business.updated",
) -> Business:
    """Change members of the business, by the names of the record's columns, and return it as it is then.

    Pictures that it names from then on are kept with it, and those that it names no more are shown for a while.

    Args:
        work: the unit of work.
        known: the business as the process knows it.
        changes: the members.
        expected: the revisions that the editor may have read.
        confirm: is called before a member changes that is not ``UNPRINTED``, or that tells visitors who the business
            is, and raises where that may not be.
        action: what the audit log calls it.

    Raises:
        PreconditionFailed: somebody else has changed it since the editor read it.
        Invalid: a picture is not stored, or no longer, or no rate has the name of the default tax.
    """
    row = await record_to_change(work, known)
    check_revision(expected, row.revision)
    shown = keys_of(business_of(row, ()))
    if "front_door" in changes:
        changes = {**changes, "front_door": await _with_pictures(work, changes["front_door"])}
    before = {name: getattr(row, name) for name in changes}
    after = {name: value for name, value in changes.items() if value != before[name]}
    if confirm is not None and (after.keys() - UNPRINTED or _speaks_otherwise(before, after, *SPOKEN)):
        confirm()
    if after:
        if not await BusinessDao(work).revise_row(row, BusinessRecord.revision == row.revision, **after):
            raise PreconditionFailed(
                "Someone else saved this at the same time. Reload the page and make your changes again."
            )
        note_change(work, Topic.BUSINESS)
        await record_change(work, action, row.id, {name: before[name] for name in after}, after)
        # Not of what an installation sets itself up with, by nobody's hand.
        if work.actor.id is not None and (not CONTACT.isdisjoint(after) or _speaks_otherwise(before, after, "contact")):
            await work.emit(ContactChanged(changed_by=work.actor.id, changed_at=work.now()))
    rates = await TaxRateDao(work).newest_first()
    if "default_tax" in after:
        # The record is locked since it was revised: nobody deletes the last rate of the tax any more.
        _check_tax(after["default_tax"], {rate.name for rate in rates})
    business = business_of(row, rates)
    await _keep_shown(work, shown, keys_of(business))
    return business


async def change_bank_details(
    work: UnitOfWork, known: Business, bank: BankDetails | None, *, expected: ExpectedRevisions
) -> Business:
    """Change where clients transfer money to, or take it away, and return the business as it is then.

    Raises:
        PreconditionFailed: somebody else has changed the business since the editor read it.
    """
    before = (await record_to_change(work, known)).bank
    changes = {"bank": columns_of_business(Business(bank=bank))["bank"]}
    business = await edit_business(work, known, changes, expected=expected)
    if changes["bank"] != before:
        await work.emit(BankDetailsChanged(changed_by=require(work.actor.id), changed_at=work.now()))
    return business


def _speaks_otherwise(before: Mapping[str, Any], after: Mapping[str, Any], *texts: str) -> bool:
    """Tell whether the front page says something else in one of its texts."""
    if "front_door" not in after:
        return False
    said, says = before["front_door"] or {}, after["front_door"]
    return any(said.get(name, "") != says.get(name, "") for name in texts)


async def _with_pictures(work: UnitOfWork, door: Mapping[str, Any]) -> dict[str, Any]:
    """Return a front door with all that is known of the pictures of its offers, which are named by their SHA-256."""
    offers = []
    for place, offer in enumerate(door.get("offers", ())):
        picture = offer.get("picture")
        offers.append({**offer, "picture": picture and await _stored_picture(work, picture, place)})
    return {**door, "offers": offers}


async def _stored_picture(work: UnitOfWork, named: Mapping[str, Any], place: int) -> dict[str, Any]:
    stored = await UploadDao(work).find(OfferPicture.key_of(named["sha256"]))
    if stored is None:
        raise _not_stored(f"/front_door/offers/{place}/picture")
    picture = OfferPicture(
        named["sha256"], stored.size, require(stored.width), require(stored.height), named.get("alt", "")
    )
    return asdict(picture)


async def _keep_shown(work: UnitOfWork, before: frozenset[str], after: frozenset[str]) -> None:
    uploads = UploadDao(work)
    if (added := after - before) and not await uploads.record(added):
        # A sweep took it between two statements.
        raise _not_stored("")
    if removed := before - after:
        await uploads.release(removed, kept_until=work.now() + SHOWN_AFTERWARDS)


def _check_tax(default: str | None, taxes: Collection[str]) -> None:
    if default is not None and default not in taxes:
        raise Invalid(errors=[FieldError("/default_tax", f"There is no tax rate called {default}. Add one first.")])


def _not_stored(pointer: str) -> Invalid:
    return Invalid(errors=[FieldError(pointer, "This picture is no longer stored. Upload it again.")])
