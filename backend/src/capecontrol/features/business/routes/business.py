"""HTTP: the business as its operators edit it."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from capecontrol.core.business import Business, Logo, OfferPicture
from capecontrol.core.http import Router, provided, requires, requires_units
from capecontrol.core.http.access import ConfirmationRequired, confirmation
from capecontrol.core.http.etag import IfMatch, tag
from capecontrol.core.http.limits import Limit, Subject
from capecontrol.core.http.lookup import lookup
from capecontrol.core.http.state import http_state
from capecontrol.core.http.upload import one_file
from capecontrol.core.pictures import PictureReader
from capecontrol.core.problems import PreconditionFailed, UnsupportedMedia
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.business.actions.add_tax_rate import add_tax_rate
from capecontrol.features.business.actions.change_logo import change_logo, remove_logo
from capecontrol.features.business.actions.delete_tax_rate import delete_tax_rate
from capecontrol.features.business.actions.edit_business import change_bank_details, edit_business
from capecontrol.features.business.actions.end_tax_rate import end_tax_rate
from capecontrol.features.business.actions.upload_picture import upload_picture
from capecontrol.features.business.current import recorded_business
from capecontrol.features.business.dao import BusinessDao, TaxRateDao
from capecontrol.features.business.demonstration import Demonstration
from capecontrol.features.business.errors import TaxRateBegun, TaxRateIsDefault, TaxRateTaken
from capecontrol.features.business.models import TaxRateRecord
from capecontrol.features.business.permissions import BUSINESS_READ, BUSINESS_WRITE
from capecontrol.features.business.schemas.business import (
    BankDetailsEdit,
    BusinessEdit,
    BusinessOut,
    UploadedPicture,
)
from capecontrol.features.business.schemas.tax_rates import NewTaxRate, TaxRateEdit, TaxRateOut, TaxRatesOut

router = Router("business")

#: Each is decoded and written anew.
PICTURES = Limit("pictures", per_second=0.5, burst=20, by=Subject.ACTOR)

Known = Annotated[Business, provided(Business)]
Learn = Callable[[Business], None]


async def learned_by_process(request: Request) -> Learn:
    """Return what makes this process go on with another business."""
    ports = http_state(request).ports

    def learn(business: Business) -> None:
        ports.provide(Business, business)

    return learn


tax_rate_for = lookup("rate_id", lambda work, rate_id: TaxRateDao(work).require(rate_id))


def _answer(now: datetime, business: Business, response: Response) -> BusinessOut:
    tag(response, business.version.revision if business.version else 0)
    return BusinessOut.of(business, now)


@router.get("/api/business", operation_id="get_business", summary="Retrieve the business")
async def get_business(
    work: Annotated[UnitOfWork, requires(BUSINESS_READ)], known: Known, response: Response
) -> BusinessOut:
    """Return the details of the business that runs this installation, with its revision as `ETag`."""
    return _answer(work.now(), await recorded_business(work) or known, response)


@router.patch(
    "/api/business",
    operation_id="update_business",
    summary="Update the business",
    problems=[ConfirmationRequired, PreconditionFailed],
)
async def update(
    body: BusinessEdit,
    work: Annotated[UnitOfWork, requires(BUSINESS_WRITE)],
    known: Known,
    demonstration: Annotated[Demonstration, provided(Demonstration)],
    learn: Annotated[Learn, Depends(learned_by_process)],
    confirm: Annotated[Callable[[], None], Depends(confirmation)],
    response: Response,
    expected: IfMatch = None,
) -> BusinessOut:
    """Change the fields that are sent. Documents already sent or issued stay as they are.

    Changing what documents show or charge (names, address, numbers, contact details, terms, the currency, the default
    tax), or the contact and about texts of the front page, requires a recent confirmation of the password
    (`POST /api/auth/confirm`).
    """
    demonstration.check(name=body.name, address=body.address)
    business = await edit_business(work, known, body.to_changes(), expected=expected, confirm=confirm)
    work.transaction.after_commit(lambda: learn(business))
    return _answer(work.now(), business, response)


@router.put(
    "/api/business/bank-details",
    operation_id="change_bank_details",
    summary="Update the bank details",
    problems=[ConfirmationRequired, PreconditionFailed],
)
async def change_bank(
    body: BankDetailsEdit,
    work: Annotated[UnitOfWork, requires(BUSINESS_WRITE, confirmed=True)],
    known: Known,
    learn: Annotated[Learn, Depends(learned_by_process)],
    response: Response,
    expected: IfMatch = None,
) -> BusinessOut:
    """Change the bank account for payments by transfer. Confirm your identity first (`POST /api/auth/confirm`)."""
    business = await change_bank_details(work, known, body.bank.to_bank() if body.bank else None, expected=expected)
    work.transaction.after_commit(lambda: learn(business))
    return _answer(work.now(), business, response)


@router.put(
    "/api/business/logo",
    operation_id="change_logo",
    summary="Upload a logo",
    problems=[ConfirmationRequired, UnsupportedMedia, PreconditionFailed],
)
async def put_logo(
    file: Annotated[bytes, one_file(size_max=Logo.kind.sent_max)],
    units: Annotated[Units, requires_units(BUSINESS_WRITE, limit=PICTURES, confirmed=True)],
    storage: Annotated[ObjectStorage, provided(ObjectStorage)],
    reader: Annotated[PictureReader, provided(PictureReader)],
    known: Known,
    learn: Annotated[Learn, Depends(learned_by_process)],
    response: Response,
    expected: IfMatch = None,
) -> BusinessOut:
    """Replace the logo with a PNG, JPEG or WebP file of at most 1 MB and 16 megapixels.

    It is converted to PNG without any metadata. The previous logo remains available for 90 days, because sent e-mails
    show it. Confirm your identity first (`POST /api/auth/confirm`).
    """
    business = await change_logo(units, storage, reader, known, file, expected=expected)
    learn(business)
    return _answer(units.clock.now(), business, response)


@router.delete(
    "/api/business/logo",
    operation_id="delete_logo",
    summary="Delete the logo",
    problems=[ConfirmationRequired, PreconditionFailed],
)
async def delete_logo(
    units: Annotated[Units, requires_units(BUSINESS_WRITE, confirmed=True)],
    known: Known,
    learn: Annotated[Learn, Depends(learned_by_process)],
    response: Response,
    expected: IfMatch = None,
) -> BusinessOut:
    """Remove the logo. Pages and documents show the name instead.

    Confirm your identity first (`POST /api/auth/confirm`).
    """
    business = await remove_logo(units, known, expected=expected)
    learn(business)
    return _answer(units.clock.now(), business, response)


@router.post(
    "/api/business/pictures",
    operation_id="upload_picture",
    summary="Upload a picture for an offer",
    status_code=201,
    problems=[UnsupportedMedia],
)
async def post_picture(
    file: Annotated[bytes, one_file(size_max=OfferPicture.kind.sent_max)],
    units: Annotated[Units, requires_units(BUSINESS_WRITE, limit=PICTURES)],
    storage: Annotated[ObjectStorage, provided(ObjectStorage)],
    reader: Annotated[PictureReader, provided(PictureReader)],
) -> UploadedPicture:
    """Store a PNG, JPEG or WebP file of at most 5 MB and 16 megapixels. It is converted to WebP without metadata.

    The picture isn't public until an offer refers to it (`PATCH /api/business`, `front_door`). A picture that no offer
    refers to within a day is deleted.
    """
    return UploadedPicture.map_from(await upload_picture(units, storage, reader, file))


@router.get("/api/business/tax-rates", operation_id="list_tax_rates", summary="List tax rates")
async def list_tax_rates(work: Annotated[UnitOfWork, requires(BUSINESS_READ)], known: Known) -> TaxRatesOut:
    """Return all tax rates, including past and future ones.

    Rates that share a name are one tax. Its latest rate that has begun applies, until that rate ends.
    """
    return await _tax_rates(work, known)


@router.post(
    "/api/business/tax-rates",
    operation_id="create_tax_rate",
    summary="Create a tax rate",
    status_code=201,
    problems=[ConfirmationRequired, TaxRateTaken],
)
async def add_rate(
    body: NewTaxRate,
    work: Annotated[UnitOfWork, requires(BUSINESS_WRITE, confirmed=True)],
    known: Known,
    learn: Annotated[Learn, Depends(learned_by_process)],
) -> TaxRateOut:
    """Create a tax rate that applies from a given day. Existing line items keep their rate.

    It replaces the earlier rates that share its name. No new line items start with it until its tax is the default
    (`PATCH /api/business`, `default_tax`). Confirm your identity first (`POST /api/auth/confirm`).
    """
    row = await add_tax_rate(
        work,
        known,
        name=body.name,
        rate=body.rate,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )
    await _learn_later(work, learn)
    return await _tax_rate(work, known, row)


@router.patch(
    "/api/business/tax-rates/{rate_id}",
    operation_id="update_tax_rate",
    summary="Update a tax rate",
    problems=[ConfirmationRequired],
)
async def update_rate(
    body: TaxRateEdit,
    rate: Annotated[TaxRateRecord, tax_rate_for(BUSINESS_WRITE)],
    work: Annotated[UnitOfWork, requires(BUSINESS_WRITE, confirmed=True)],
    known: Known,
    learn: Annotated[Learn, Depends(learned_by_process)],
) -> TaxRateOut:
    """Change the last day of a tax rate. Nothing else of it can be changed.

    After that day, new line items can't start with the rate. Existing line items keep it. Confirm your identity first
    (`POST /api/auth/confirm`).
    """
    await end_tax_rate(work, rate, body.valid_until)
    await _learn_later(work, learn)
    return await _tax_rate(work, known, rate)


@router.delete(
    "/api/business/tax-rates/{rate_id}",
    operation_id="delete_tax_rate",
    summary="Delete a future tax rate",
    status_code=204,
    problems=[ConfirmationRequired, TaxRateBegun, TaxRateIsDefault],
)
async def delete_rate(
    rate: Annotated[TaxRateRecord, tax_rate_for(BUSINESS_WRITE)],
    work: Annotated[UnitOfWork, requires(BUSINESS_WRITE, confirmed=True)],
    known: Known,
    learn: Annotated[Learn, Depends(learned_by_process)],
) -> None:
    """Delete a tax rate before its first day. Confirm your identity first (`POST /api/auth/confirm`)."""
    await delete_tax_rate(work, known, rate)
    await _learn_later(work, learn)


async def _tax_rates(work: UnitOfWork, known: Business) -> TaxRatesOut:
    record = await BusinessDao(work).find()
    rows = await TaxRateDao(work).newest_first()
    return TaxRatesOut.of(rows, record.default_tax if record else None, known.day_of(work.now()))


async def _tax_rate(work: UnitOfWork, known: Business, row: TaxRateRecord) -> TaxRateOut:
    return next(rate for rate in (await _tax_rates(work, known)).items if rate.id == row.id)


async def _learn_later(work: UnitOfWork, learn: Learn) -> None:
    """Go on with the business as the record tells it now, once that is committed."""
    business = await recorded_business(work)
    if business is not None:
        work.transaction.after_commit(lambda: learn(business))
