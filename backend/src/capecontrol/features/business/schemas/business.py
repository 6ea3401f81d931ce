"""Bodies about the business."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field
from pydantic.fields import FieldInfo

from capecontrol.core.business import BankDetails, Business, FrontDoor, Offer
from capecontrol.core.colour import dark_accent
from capecontrol.core.formats import DateFormat, NumberFormat
from capecontrol.core.http import Email, Line, RequestBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.optional_member import NotNull
from capecontrol.core.uploads.stored_picture import StoredPicture
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


class OfferPictureBody(RequestBody):
    """A picture that was uploaded with `POST /api/business/pictures`."""

    sha256: Annotated[
        str, Field(pattern=r"^[0-9a-f]{64}$", description="The `sha256` from the response to the upload.")
    ]
    alt: Annotated[Line, Field(max_length=200, description="What the picture shows, for people who can't see it.")] = ""
    # Taken and not asked, so that what GET answers can be sent back.
    url: str | None = Field(default=None, max_length=200, exclude=True, description="Ignored.")
    size: int | None = Field(default=None, exclude=True, description="Ignored.")
    width: int | None = Field(default=None, exclude=True, description="Ignored.")
    height: int | None = Field(default=None, exclude=True, description="Ignored.")


class OfferBody(RequestBody):
    """Something that the business offers."""

    title: Annotated[Line, Field(min_length=1, max_length=80, examples=["Process automation"])] = Field(
        description="The name of the offer."
    )
    text: Annotated[Line, Field(max_length=400)] = Field(
        default="", description="What the client gets, in a sentence or two."
    )
    picture: OfferPictureBody | None = Field(default=None, description="The picture beside the offer.")


class FrontDoorBody(RequestBody):
    """The texts of the front page. Empty texts aren't shown."""

    headline: Headline = Field(default="", description="The heading of the front page.")
    introduction: Text = Field(default="", description="The text below the headline.")
    offers: list[OfferBody] = Field(
        default_factory=list, description="Up to three things that the business offers.", max_length=3
    )
    contact: Annotated[Line, Field(max_length=300)] = Field(default="", description="How visitors can get in touch.")
    about: Annotated[Text, Field(max_length=8_000)] = Field(
        default="", description="The text of the page about the business."
    )


class BankDetailsBody(RequestBody):
    """The bank account that clients can pay into."""

    account_name: Annotated[Line, Field(min_length=1, max_length=140, examples=["Northstar Automation (Pty) Ltd"])] = (
        Field(description="The name of the account holder.")
    )
    bank_name: Annotated[Line, Field(max_length=140, examples=["First National Bank"])] = Field(
        default="", description="The name of the bank."
    )
    number: Annotated[
        Line,
        Field(min_length=4, max_length=40, description="The account number or IBAN.", examples=["62012345678"]),
    ]
    bic: Annotated[Line, Field(max_length=11, examples=["FIRNZAJJ"])] = Field(
        default="", description="The BIC or SWIFT code."
    )
    branch_code: Annotated[Line, Field(max_length=20, examples=["250655"])] = Field(
        default="", description="The branch code."
    )
    note: Annotated[
        Text,
        Field(max_length=500, description="Anything else the payer needs to know. Printed below the bank details."),
    ] = Field(default="", description="Anything else the payer needs to know. Printed below the bank details.")

    def to_bank(self) -> BankDetails:
        """Return the value."""
        return BankDetails(**self.model_dump())


class BankDetailsEdit(RequestBody):
    """The new bank details."""

    bank: BankDetailsBody | None = Field(description="The new bank details. Send null to remove them.")


class BusinessEdit(RequestBody):
    """The changes to the business. Fields that are left out stay as they are."""

    name: Annotated[Name | None, NotNull()] = Field(
        default=None, description="The name under which the business trades. Clients see it everywhere."
    )
    legal_name: Annotated[LegalName | None, NotNull()] = Field(
        default=None, description="The registered name, if it differs from the trading name."
    )
    address: Annotated[Address | None, NotNull()] = Field(
        default=None, description="The postal address, with line breaks."
    )
    country: Country | None = Field(default=None, description="The country, as a two-letter code (ISO 3166-1).")
    registration_number: Number | None = Field(
        default=None, description="The company's registration number. Send null to remove it."
    )
    tax_number: Number | None = Field(
        default=None, description="The number under which the business is registered for tax. Send null to remove it."
    )
    tax_name: Annotated[TaxName | None, NotNull()] = None
    default_tax: TaxName | None = Field(
        default=None,
        description="The name of the tax rates that new line items start with. Send null if people are to choose.",
    )
    email: Email | None = Field(default=None, description="The e-mail address for clients. Send null to remove it.")
    phone: Phone | None = Field(default=None, description="The phone number for clients. Send null to remove it.")
    website: Website | None = Field(default=None, description="The website. Send null to remove it.")
    currency: Annotated[Currency | None, NotNull()] = None
    timezone: Annotated[Timezone | None, NotNull()] = None
    number_format: Annotated[Numbers | None, NotNull()] = Field(
        default=None, description="How numbers and amounts are written."
    )
    date_format: Annotated[Dates | None, NotNull()] = Field(default=None, description="How dates are written.")
    default_terms: Annotated[Terms | None, NotNull()] = Field(
        default=None, description="The terms and conditions of new proposals."
    )
    days_to_pay: Annotated[DaysToPay | None, NotNull()] = Field(
        default=None, description="The number of days that clients have to pay an invoice."
    )
    accent: Annotated[Accent | None, NotNull()] = None
    accent_dark: DarkAccent | None = Field(default=None, description="The accent colour on dark pages.")
    front_door: Annotated[FrontDoorBody | None, NotNull()] = Field(
        default=None, description="The texts of the front page. Replaces all of them."
    )

    def to_changes(self) -> dict[str, Any]:
        """Return the members to change, by the names of the record's columns."""
        sent = self.model_dump(include=set(self.model_fields_set))
        members = type(self).model_fields
        # An empty line is nothing to show.
        return {name: None if value == "" and _may_be_null(members[name]) else value for name, value in sent.items()}


def _may_be_null(member: FieldInfo) -> bool:
    return not any(isinstance(mark, NotNull) for mark in member.metadata)


class UploadedPicture(ResponseBody):
    """A picture that was uploaded."""

    sha256: str = Field(description="The picture's name. Use it in `front_door` to show the picture.")
    size: int = Field(description="The size of the file in bytes.")
    width: int = Field(description="The width in pixels.")
    height: int = Field(description="The height in pixels.")


class StoredPictureOut(ResponseBody):
    """A picture that anybody may load."""

    url: str = Field(description="The path of the picture.")
    size: int = Field(description="The size of the file in bytes.")
    width: int = Field(description="The width in pixels.")
    height: int = Field(description="The height in pixels.")

    @classmethod
    def of(cls, picture: StoredPicture | None) -> Self | None:
        """Return the answer, or None without a picture."""
        return None if picture is None else cls.map_from(picture, url=picture.path)


class OfferPictureOut(StoredPictureOut):
    """The picture of an offer."""

    url: str = Field(description="The path of the picture.", examples=["/api/branding/pictures/5f2c….webp"])
    sha256: str = Field(description="The picture's name.")
    alt: str = Field(description="What the picture shows, for people who can't see it.")


class OfferOut(ResponseBody):
    """Something that the business offers."""

    title: str = Field(description="The heading of the offer.", examples=["Process automation"])
    text: str = Field(description="What the client gets.")
    picture: OfferPictureOut | None = Field(description="The picture beside it.")

    @classmethod
    def of(cls, offer: Offer) -> "OfferOut":
        """Return the answer."""
        return cls.map_from(offer, picture=OfferPictureOut.of(offer.picture))


class FrontDoorOut(ResponseBody):
    """The texts of the front page."""

    headline: str = Field(description="The sentence at the top.")
    introduction: str = Field(description="The paragraph below it.")
    offers: list[OfferOut] = Field(description="What the business offers, in order.")
    contact: str = Field(description="Whom to ask, and how.")
    about: str = Field(description="What the business is.")

    @classmethod
    def of(cls, door: FrontDoor) -> "FrontDoorOut":
        """Return the answer."""
        return cls.map_from(door, offers=[OfferOut.of(offer) for offer in door.offers])


class LogoOut(StoredPictureOut):
    """The logo."""

    url: str = Field(description="The path of the picture.", examples=["/api/branding/logo/5f2c….png"])


class BusinessOut(ResponseBody):
    """The business that runs this installation."""

    name: str = Field(description="The name under which the business trades.", examples=["Northstar Automation"])
    legal_name: str = Field(description="The registered name.")
    address: str = Field(description="The postal address, with line breaks.")
    country: str | None = Field(description="The country, as a two-letter code (ISO 3166-1).")
    registration_number: str | None = Field(description="The company's registration number.")
    tax_number: str | None = Field(description="The number under which the business is registered for tax.")
    tax_name: str = Field(description="What the tax on sales is called.", examples=["VAT"])
    email: str | None = Field(description="The e-mail address for clients.")
    phone: str | None = Field(description="The phone number for clients.")
    website: str | None = Field(description="The website.")
    currency: str = Field(description="The currency of new prices (ISO 4217).", examples=["ZAR"])
    timezone: str = Field(description="The time zone in which documents are dated.", examples=["Africa/Johannesburg"])
    number_format: NumberFormat = Field(description="How numbers and amounts are written.")
    date_format: DateFormat = Field(description="How dates are written.")
    default_terms: str = Field(description="The terms and conditions of new proposals.")
    default_tax: str | None = Field(
        description="The name of the tax rates that new line items start with; null if no tax is the default.",
        examples=["VAT"],
    )
    tax_rate: str | None = Field(
        description="The tax rate in per cent that new line items start with today; null if no tax is the default, or "
        "if it has no rate today.",
        examples=["15.00"],
    )
    days_to_pay: int = Field(description="The number of days that clients have to pay an invoice.")
    bank: BankDetailsBody | None = Field(description="The bank details; null if there are none.")
    accent: str = Field(description="The accent colour on light pages.", examples=["#006c94"])
    accent_dark: str | None = Field(description="The accent colour on dark pages; null if it is derived from `accent`.")
    accent_dark_derived: str = Field(description="The accent colour for dark pages that `accent` leads to.")
    logo: LogoOut | None = Field(description="The logo; null if there is none.")
    front_door: FrontDoorOut = Field(description="The texts and pictures of the front page.")
    revision: int = Field(
        description="A number that grows with every change. Send it in quotes as `If-Match` to update the business."
    )
    updated_at: Moment | None = Field(description="When the business was last changed.")

    @classmethod
    def of(cls, business: Business, now: datetime) -> "BusinessOut":
        """Return the answer."""
        version = business.version
        rate = business.tax_rate_on(business.day_of(now))
        return cls.map_from(
            business,
            timezone=business.timezone.key,
            tax_rate=None if rate is None else f"{rate:.2f}",
            bank=asdict(business.bank) if business.bank else None,
            accent_dark_derived=dark_accent(business.accent),
            logo=LogoOut.of(business.logo),
            front_door=FrontDoorOut.of(business.front_door),
            revision=version.revision if version else 0,
            updated_at=version.changed_at if version else None,
        )
