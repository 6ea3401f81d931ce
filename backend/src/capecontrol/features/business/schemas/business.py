"""Bodies about the business."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from capecontrol.core.business import BankDetails, Business, FrontDoor, Logo, Offer, OfferPicture
from capecontrol.core.colour import dark_accent
from capecontrol.core.formats import DateFormat, NumberFormat
from capecontrol.core.http import Email, Line, RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.features.business.schemas.members import (
    Accent,
    Address,
    Country,
    Currency,
    DarkAccent,
    Dates,
    DaysToPay,
    Headline,
    LegalName,
    Name,
    Number,
    Numbers,
    Phone,
    TaxName,
    Terms,
    Text,
    Timezone,
    Website,
)

#: What may be taken away by sending null.
_EMPTIED = frozenset({"country", "registration_number", "tax_number", "email", "phone", "website", "accent_dark"})


class OfferPictureBody(RequestBody):
    """A picture that was uploaded (`POST /api/business/pictures`)."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="As its upload answered.")]
    alt: Annotated[Line, Field(max_length=200, description="What it shows, for whoever cannot see it.")] = ""


class OfferBody(RequestBody):
    """What the business sells."""

    title: Annotated[Line, Field(min_length=1, max_length=80, examples=["Process automation"])]
    text: Annotated[Line, Field(max_length=400)] = ""
    picture: OfferPictureBody | None = None


class FrontDoorBody(RequestBody):
    """What the business says of itself on its first page. An empty text is not shown there."""

    headline: Headline = ""
    introduction: Text = ""
    offers: list[OfferBody] = Field(default_factory=list, max_length=3)
    contact: Annotated[Line, Field(max_length=300)] = ""
    about: Annotated[Text, Field(max_length=8_000)] = ""


class BankDetailsBody(RequestBody):
    """Where clients transfer money to."""

    account_name: Annotated[Line, Field(min_length=1, max_length=140, examples=["Northstar Automation (Pty) Ltd"])]
    bank_name: Annotated[Line, Field(max_length=140, examples=["First National Bank"])] = ""
    number: Annotated[
        Line,
        Field(min_length=4, max_length=40, description="The account number or IBAN.", examples=["62012345678"]),
    ]
    bic: Annotated[Line, Field(max_length=11, examples=["FIRNZAJJ"])] = ""
    branch_code: Annotated[Line, Field(max_length=20, examples=["250655"])] = ""
    note: Annotated[Text, Field(max_length=500, description="What else stands below.")] = ""

    def to_bank(self) -> BankDetails:
        """Return the value."""
        return BankDetails(**self.model_dump())


class BankDetailsEdit(RequestBody):
    """The bank details as they are to be; null takes them away."""

    bank: BankDetailsBody | None


class BusinessEdit(RequestBody):
    """What to change of the business. Members that are absent stay as they are; null empties what may be empty."""

    name: Name | None = None
    legal_name: LegalName | None = None
    address: Address | None = None
    country: Country | None = None
    registration_number: Number | None = None
    tax_number: Number | None = None
    tax_name: TaxName | None = None
    email: Email | None = None
    phone: Phone | None = None
    website: Website | None = None
    currency: Currency | None = None
    timezone: Timezone | None = None
    number_format: Numbers | None = None
    date_format: Dates | None = None
    default_terms: Terms | None = None
    days_to_pay: DaysToPay | None = None
    accent: Accent | None = None
    accent_dark: DarkAccent | None = None
    front_door: FrontDoorBody | None = None

    def to_changes(self) -> dict[str, Any]:
        """Return the members to change, by the names of the record's columns."""
        sent = self.model_dump(include=set(self.model_fields_set))
        told = {name: value for name, value in sent.items() if value is not None or name in _EMPTIED}
        # An empty line is nothing to show.
        return {name: None if value == "" and name in _EMPTIED else value for name, value in told.items()}


class UploadedPicture(ResponseBody):
    """A picture that waits for an offer to name it."""

    sha256: str = Field(description="What names it.")
    size: int = Field(description="Bytes.")
    width: int
    height: int


class OfferPictureOut(ResponseBody):
    """What an offer looks like."""

    sha256: str
    url: str = Field(examples=["/api/branding/pictures/5f2c….webp"])
    size: int = Field(description="Bytes.")
    width: int
    height: int
    alt: str

    @classmethod
    def of(cls, picture: OfferPicture) -> "OfferPictureOut":
        """Return the answer."""
        return cls.map_from(picture, url=picture.path)


class OfferOut(ResponseBody):
    """What the business sells."""

    title: str = Field(examples=["Process automation"])
    text: str
    picture: OfferPictureOut | None

    @classmethod
    def of(cls, offer: Offer) -> "OfferOut":
        """Return the answer."""
        return cls.map_from(offer, picture=OfferPictureOut.of(offer.picture) if offer.picture else None)


class FrontDoorOut(ResponseBody):
    """What the business says of itself on its first page."""

    headline: str
    introduction: str
    offers: list[OfferOut]
    contact: str
    about: str

    @classmethod
    def of(cls, door: FrontDoor) -> "FrontDoorOut":
        """Return the answer."""
        return cls.map_from(door, offers=[OfferOut.of(offer) for offer in door.offers])


class LogoOut(ResponseBody):
    """The logo."""

    url: str = Field(examples=["/api/branding/logo/5f2c….png"])
    size: int = Field(description="Bytes.")
    width: int
    height: int

    @classmethod
    def of(cls, logo: Logo | None) -> "LogoOut | None":
        """Return the answer, or None without a logo."""
        return None if logo is None else cls.map_from(logo, url=logo.path)


class BusinessOut(ResponseBody):
    """The business, as its operators edit it."""

    name: str = Field(description="The trading name.", examples=["Northstar Automation"])
    legal_name: str
    address: str = Field(description="Written line by line.")
    country: str | None = Field(description="ISO 3166-1 alpha-2.")
    registration_number: str | None
    tax_number: str | None
    tax_name: str = Field(description="What documents call the tax on sales.", examples=["VAT"])
    email: str | None
    phone: str | None
    website: str | None
    currency: str = Field(description="ISO 4217: what new prices are in.", examples=["ZAR"])
    timezone: str = Field(description="Where its days begin and end.", examples=["Africa/Johannesburg"])
    number_format: NumberFormat
    date_format: DateFormat
    default_terms: str
    tax_rate: str = Field(description="What a new line is taxed at today, in per cent.", examples=["15.00"])
    days_to_pay: int
    bank: BankDetailsBody | None
    accent: str = Field(examples=["#006c94"])
    accent_dark: str | None = Field(description="Null where it is derived from the accent.")
    accent_dark_derived: str = Field(description="What dark pages have where no other colour is given.")
    logo: LogoOut | None
    front_door: FrontDoorOut
    revision: int
    updated_at: Moment | None

    @classmethod
    def of(cls, business: Business, now: datetime) -> "BusinessOut":
        """Return the answer."""
        version = business.version
        return cls.map_from(
            business,
            timezone=business.timezone.key,
            tax_rate=str(business.tax_rate_on(business.day_of(now))),
            bank=asdict(business.bank) if business.bank else None,
            accent_dark_derived=dark_accent(business.accent),
            logo=LogoOut.of(business.logo),
            front_door=FrontDoorOut.of(business.front_door),
            revision=version.revision if version else 0,
            updated_at=version.changed_at if version else None,
        )
