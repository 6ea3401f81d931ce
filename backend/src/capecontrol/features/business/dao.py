"""Queries of the business and its rates of tax. All need the platform's scope."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from inspect import signature
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from capecontrol.core.business import (
    BankDetails,
    Business,
    BusinessVersion,
    FrontDoor,
    Logo,
    Offer,
    OfferPicture,
)
from capecontrol.core.dao import Dao
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.ids import new_id
from capecontrol.core.problems import require
from capecontrol.core.sales_tax import SalesTaxRate
from capecontrol.features.business.models import BusinessRecord, TaxRateRecord

V = TypeVar("V")
#: What of a business its record keeps in another form, or beside itself.
_OTHERWISE = frozenset({"timezone", "bank", "logo", "front_door", "tax_rates", "version"})
#: All else is a column of the same name: one that is missing fails each start, not the first reader.
_SAME = tuple(member.name for member in fields(Business) if member.name not in _OTHERWISE)


class BusinessDao(Dao[BusinessRecord]):
    """The record of the business: one row, or none before the first start."""

    model = BusinessRecord
    owner = None

    async def version(self) -> BusinessVersion | None:
        """Return which state the record is in; None where there is none."""
        found = await _VERSION.all(self.work.transaction)
        return found[0] if found else None

    async def find(self) -> BusinessRecord | None:
        """Return the record."""
        return await self.one(self.select())

    async def insert_missing(self, business: Business) -> bool:
        """Write the record unless there is one, and tell whether it was written. Of several at once one does."""
        now = self.work.now()
        values = {"id": new_id(), "created_at": now, "updated_at": now, "revision": 0, **columns_of_business(business)}
        statement = insert(BusinessRecord).values(values).on_conflict_do_nothing().returning(BusinessRecord.id)
        return (await self.session.execute(statement)).first() is not None

    async def stamp(self) -> None:
        """Date the record anew, since what belongs to it changes beside it: processes read it again.

        Until the transaction ends nobody else changes the record, nor what belongs to it.
        """
        await self.update_where(updated_at=self.work.now())


class TaxRateDao(Dao[TaxRateRecord]):
    """The rates of the tax on sales."""

    model = TaxRateRecord
    owner = None

    async def newest_first(self) -> list[TaxRateRecord]:
        """Return all rates, by their first days."""
        return await self.all(
            self.select().order_by(TaxRateRecord.valid_from.desc(), TaxRateRecord.name, TaxRateRecord.id)
        )

    async def has(self, name: str, valid_from: date) -> bool:
        """Tell whether a tax has a rate from a day on."""
        statement = self.select().where(TaxRateRecord.name == name, TaxRateRecord.valid_from == valid_from)
        return await self.one(statement) is not None

    async def as_now(self, row: TaxRateRecord) -> TaxRateRecord:
        """Return a rate as it is by now: who waited for the record finds what others did to it meanwhile.

        Raises:
            NotFound: they deleted it.
        """
        again = self.select().where(TaxRateRecord.id == row.id)
        return require(await self.one(again.execution_options(populate_existing=True)))

    async def end(self, row: TaxRateRecord, valid_until: date | None) -> None:
        """Give a rate another last day, or none."""
        row.valid_until = valid_until
        await self.session.flush()

    async def remove(self, row: TaxRateRecord) -> None:
        """Delete a rate."""
        await self.session.delete(row)
        await self.session.flush()


_VERSION = PreparedStatement(select(BusinessRecord.revision, BusinessRecord.updated_at), BusinessVersion)


def columns_of_business(business: Business) -> dict[str, Any]:
    """Return what a record keeps of a business."""
    return {
        **{name: getattr(business, name) for name in _SAME},
        "timezone": business.timezone.key,
        "bank": asdict(business.bank) if business.bank else None,
        "logo": asdict(business.logo) if business.logo else None,
        "front_door": asdict(business.front_door),
    }


def business_of(row: BusinessRecord, rates: Iterable[TaxRateRecord]) -> Business:
    """Return the business that a record and its rates tell of."""
    door: dict[str, Any] = dict(row.front_door)
    offers = tuple(_offer_of(offer) for offer in door.pop("offers", ()))
    logo: dict[str, Any] | None = row.logo
    return Business(
        **{name: getattr(row, name) for name in _SAME},
        timezone=ZoneInfo(row.timezone),
        bank=_kept_of(BankDetails, row.bank) if row.bank else None,
        logo=_kept_of(Logo, logo) if logo else None,
        front_door=_kept_of(FrontDoor, {**door, "offers": offers}),
        tax_rates=tuple(rate_of(rate) for rate in rates),
        version=BusinessVersion(row.revision, row.updated_at),
    )


def rate_of(row: TaxRateRecord) -> SalesTaxRate:
    """Return the rate that a row tells of."""
    return SalesTaxRate(row.name, row.rate, row.valid_from, row.valid_until)


def _kept_of(model: Callable[..., V], kept: Mapping[str, Any]) -> V:
    """Return a value of what the record keeps of it; a later release keeps more, and this one goes on without it."""
    return model(**{name: kept[name] for name in signature(model).parameters if name in kept})


def _offer_of(kept: Mapping[str, Any]) -> Offer:
    # What was kept before offers had pictures lacks the member.
    picture: Mapping[str, Any] | None = kept.get("picture")
    return Offer(kept["title"], kept["text"], _kept_of(OfferPicture, picture) if picture else None)
