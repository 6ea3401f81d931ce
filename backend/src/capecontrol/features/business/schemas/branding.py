"""What anybody may know of the business: its face."""

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.core.formats import DateFormat, NumberFormat
from capecontrol.core.http import ResponseBody
from capecontrol.features.business.schemas.business import FrontDoorOut, LogoOut


class AccentsOut(ResponseBody):
    """The colours of light or of dark pages, as `#rrggbb`."""

    accent: str = Field(description="The colour of buttons and links.", examples=["#006c94"])
    hover: str = Field(description="The colour of buttons under the pointer.")
    on_accent: str = Field(description="The text colour on the accent.", examples=["#ffffff"])
    soft: str = Field(description="A pale background in the accent's hue.")
    on_soft: str = Field(description="The text colour on the pale background.")


class BrandingOut(ResponseBody):
    """The name, logo, colours and texts of the business. Public, and without bank details."""

    name: str = Field(description="The name under which the business trades.", examples=["Northstar Automation"])
    legal_name: str = Field(description="The registered name.")
    address: str = Field(description="The postal address, with line breaks.")
    country: str | None = Field(description="The country, as a two-letter code (ISO 3166-1).")
    registration_number: str | None = Field(description="The company's registration number.")
    tax_number: str | None = Field(description="The number under which the business is registered for tax.")
    tax_name: str = Field(description="What the tax on sales is called.")
    email: str | None = Field(description="The e-mail address for clients.")
    phone: str | None = Field(description="The phone number for clients.")
    website: str | None = Field(description="The website.")
    logo: LogoOut | None = Field(description="The logo; null if there is none.")
    light: AccentsOut = Field(description="The colours on light pages.")
    dark: AccentsOut = Field(description="The colours on dark pages.")
    front_door: FrontDoorOut = Field(description="The texts and pictures of the front page.")
    currency: str = Field(description="The currency of new prices (ISO 4217).")
    timezone: str = Field(description="The time zone in which documents are dated.")
    number_format: NumberFormat = Field(description="How numbers and amounts are written.")
    date_format: DateFormat = Field(description="How dates are written.")

    @classmethod
    def of(cls, business: Business) -> "BrandingOut":
        """Return the answer."""
        return cls.map_from(
            business,
            timezone=business.timezone.key,
            logo=LogoOut.of(business.logo),
            light=business.light_accents,
            dark=business.dark_accents,
            front_door=FrontDoorOut.of(business.front_door),
        )
