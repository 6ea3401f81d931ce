"""The tables: the business, which has one row, and the rates of its tax on sales."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, Index, Integer, Numeric, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from capecontrol.core.db.base import Base, CreatedAt, IdMixin, TableAccess, Timestamps
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.formats import DateFormat, NumberFormat


class BusinessRecord(IdMixin, Timestamps, Base):
    """The business that runs the installation. ``revision`` counts what people edit in it.

    ``updated_at`` is later than before also when a rate of tax came, went or got another end: by both a process tells
    whether what it knows is still so.
    """

    __tablename__ = "business"
    __table_args__ = (
        CheckConstraint(
            "number_format in ('COMMA_POINT', 'POINT_COMMA', 'SPACE_COMMA', 'SPACE_POINT', 'APOSTROPHE_POINT')",
            name="number_format",
        ),
        CheckConstraint(
            "date_format in ('DAY_MONTH_YEAR', 'MONTH_DAY_YEAR', 'DAY_MONTH_YEAR_DASHES', 'DAY_MONTH_YEAR_SLASHES', "
            "'DAY_MONTH_YEAR_POINTS', 'YEAR_MONTH_DAY')",
            name="date_format",
        ),
        # There is one business: a second row would have the same key.
        Index("uq_business_one_row", text("(true)"), unique=True),
    )
    access: ClassVar[TableAccess] = TableAccess(system="select insert update")

    revision: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    legal_name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(Text)
    registration_number: Mapped[str | None] = mapped_column(Text)
    tax_number: Mapped[str | None] = mapped_column(Text)
    tax_name: Mapped[str] = mapped_column(Text)
    #: The name of the rates that new lines start with; None where nobody has marked any. One cell holds one default.
    default_tax: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(Text)
    currency: Mapped[str] = mapped_column(Text)
    timezone: Mapped[str] = mapped_column(Text)
    number_format: Mapped[NumberFormat] = mapped_column(EnumText(NumberFormat))
    date_format: Mapped[DateFormat] = mapped_column(EnumText(DateFormat))
    default_terms: Mapped[str] = mapped_column(Text)
    days_to_pay: Mapped[int] = mapped_column(Integer)
    #: ``BankDetails`` by the names of its members.
    bank: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    accent: Mapped[str] = mapped_column(Text)
    accent_dark: Mapped[str | None] = mapped_column(Text)
    #: ``Logo`` by the names of its members.
    logo: Mapped[dict[str, object] | None] = mapped_column(JSONB(none_as_null=True))
    #: ``FrontDoor`` by the names of its members.
    front_door: Mapped[dict[str, object]] = mapped_column(JSONB)


class TaxRateRecord(IdMixin, CreatedAt, Base):
    """A rate of a tax on sales, from its first day on. Nothing of a row changes but its last day.

    Rows that share a name are one tax over time.
    """

    __tablename__ = "tax_rates"
    __table_args__ = (
        UniqueConstraint("name", "valid_from", name="uq_tax_rates_name_valid_from"),
        CheckConstraint("rate between 0 and 100", name="rate"),
        CheckConstraint("valid_until >= valid_from", name="valid_until"),
    )
    access: ClassVar[TableAccess] = TableAccess(system="select insert update delete")

    name: Mapped[str] = mapped_column(Text)
    rate: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
