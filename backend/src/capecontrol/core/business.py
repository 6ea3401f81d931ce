"""The business that runs this installation: whose name documents carry, and whose calendar counts."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from capecontrol.core.colour import DARK, LIGHT, Accents, accents, dark_accent
from capecontrol.core.formats import DateFormat, Formats, NumberFormat
from capecontrol.core.pictures import Encoding, PictureForm
from capecontrol.core.sales_tax import SalesTaxRate, rates_on
from capecontrol.core.uploads.stored_picture import PictureKind, StoredPicture

#: The accent colour of a business that has chosen none.
ACCENT = "#006c94"


@dataclass(frozen=True, slots=True)
class BankDetails:
    """Where a client transfers money to; ``number`` is an IBAN or an account number."""

    account_name: str = ""
    bank_name: str = ""
    number: str = ""
    bic: str = ""
    branch_code: str = ""
    #: What else stands below, line by line.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Logo(StoredPicture):
    """The picture of the business: PNG is what mail programs and documents show."""

    kind = PictureKind(
        # Twice as large as it stands anywhere, for screens with small pixels.
        PictureForm(1200, 480, 200 * 1024, Encoding.PNG),
        sent_max=1024 * 1024,
        folder="branding",
        address="/api/branding/logo",
    )


@dataclass(frozen=True, slots=True)
class OfferPicture(StoredPicture):
    """What an offer looks like.

    ``alt`` says what is to be seen, for whoever does not see it; without a text the picture is an ornament.
    """

    kind = PictureKind(
        # As wide as a telephone's screen has pixels, and light enough that three of them hold nobody up.
        PictureForm(1200, 900, 200 * 1024, Encoding.WEBP),
        sent_max=5 * 1024 * 1024,
        folder="branding",
        address="/api/branding/pictures",
    )

    alt: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the business sells, in a heading and a few sentences, and what it looks like."""

    title: str
    text: str
    picture: OfferPicture | None = None


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """What the business says of itself where nobody has signed in yet. An empty text is not shown."""

    headline: str = ""
    introduction: str = ""
    offers: tuple[Offer, ...] = ()
    contact: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class BusinessVersion:
    """Which state of the record a process knows."""

    revision: int
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """Who sells, and where. The year of a number and the end of a day are those of its time zone.

    ``currency`` (ISO 4217) is what new prices are in; ``tax_name`` is what documents call the tax on sales (VAT, GST,
    …), ``default_tax`` the name of the rates that new lines start with, as a person chose; ``address`` is written line
    by line; ``country`` is a code (ISO 3166-1 alpha-2); colours are ``#rrggbb``. A process holds the state that it read
    last (``version``); None is what the settings say, before there is a record.
    """

    name: str = "CapeControl"
    legal_name: str = ""
    address: str = ""
    country: str | None = None
    registration_number: str | None = None
    tax_number: str | None = None
    tax_name: str = "VAT"
    email: str | None = None
    phone: str | None = None
    website: str | None = None
    currency: str = "ZAR"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Africa/Johannesburg"))
    number_format: NumberFormat = NumberFormat.COMMA_POINT
    date_format: DateFormat = DateFormat.DAY_MONTH_YEAR
    default_terms: str = ""
    days_to_pay: int = 14
    bank: BankDetails | None = None
    accent: str = ACCENT
    #: The accent on dark pages; None where it is derived.
    accent_dark: str | None = None
    logo: Logo | None = None
    front_door: FrontDoor = FrontDoor()
    tax_rates: tuple[SalesTaxRate, ...] = ()
    default_tax: str | None = None
    version: BusinessVersion | None = None

    @property
    def formats(self) -> Formats:
        """Return how amounts, figures and dates are written in its name."""
        return Formats(self.number_format, self.date_format, self.currency, self.timezone)

    @property
    def light_accents(self) -> Accents:
        """Return the colours of its light pages."""
        return accents(self.accent, LIGHT)

    @property
    def dark_accents(self) -> Accents:
        """Return the colours of its dark pages."""
        return accents(self.accent_dark or dark_accent(self.accent), DARK)

    def year_of(self, moment: datetime) -> int:
        """Return the year of a moment where the business is: 31 December 22:30 UTC is next year in Johannesburg."""
        return self.day_of(moment).year

    def day_of(self, moment: datetime) -> date:
        """Return the day of a moment where the business is."""
        return moment.astimezone(self.timezone).date()

    def end_of_day(self, day: date) -> datetime:
        """Return the last second, in UTC, of a day where the business is: nobody thinks of 14:07 as a deadline."""
        return datetime.combine(day, time(23, 59, 59), self.timezone).astimezone(UTC)

    def tax_rate_on(self, day: date) -> Decimal | None:
        """Return the rate that new lines start with on a day.

        None where no tax is the default, or where it has no rate that day.
        """
        default = rates_on(self.tax_rates, day).get(self.default_tax) if self.default_tax else None
        return default.rate if default else None

    def to_json(self) -> dict[str, object]:
        """Return the seller's block of a document, as it is kept with it."""
        return {
            "name": self.name,
            "address": self.address,
            "tax_number": self.tax_number,
            "email": self.email,
            "tax_name": self.tax_name,
            "legal_name": self.legal_name,
            "registration_number": self.registration_number,
            "bank": asdict(self.bank) if self.bank else None,
        }
