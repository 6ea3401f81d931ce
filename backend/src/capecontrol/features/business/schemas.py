"""Bodies about the business."""

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.core.http import ResponseBody


class BusinessOut(ResponseBody):
    """The seller, as far as who writes for it must know."""

    name: str = Field(examples=["Northstar Automation"])
    currency: str = Field(description="ISO 4217: what new prices are in.", examples=["ZAR"])
    timezone: str = Field(description="Where its days begin and end.", examples=["Africa/Johannesburg"])
    tax_name: str = Field(description="What documents call the tax on sales.", examples=["VAT"])

    @classmethod
    def of(cls, business: Business) -> "BusinessOut":
        """Return the answer."""
        return cls(
            name=business.name,
            currency=business.currency,
            timezone=business.timezone.key,
            tax_name=business.tax_name,
        )
