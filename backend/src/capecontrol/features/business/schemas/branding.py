"""What anybody may know of the business: its face."""

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.core.formats import DateFormat, NumberFormat
from capecontrol.core.http import ResponseBody
from capecontrol.features.business.schemas.business import FrontDoorOut, LogoOut


class AccentsOut(ResponseBody):
    """The colours of the pages of one scheme, as `#rrggbb`."""

    accent: str = Field(examples=["#006c94"])
    hover: str
    on_accent: str = Field(description="What is written on the accent.", examples=["#ffffff"])
    soft: str
    on_soft: str


class BrandingOut(ResponseBody):
    """The name, the colours and the words of the business. Never its bank details."""

    name: str = Field(examples=["Northstar Automation"])
    legal_name: str
    address: str
    country: str | None
    registration_number: str | None
    tax_number: str | None
    tax_name: str
    email: str | None
    phone: str | None
    website: str | None
    logo: LogoOut | None
    light: AccentsOut
    dark: AccentsOut
    front_door: FrontDoorOut
    currency: str
    timezone: str
    number_format: NumberFormat
    date_format: DateFormat

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
