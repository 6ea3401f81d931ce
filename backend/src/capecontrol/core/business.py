"""The business that runs this installation: whose name documents carry, and whose calendar counts."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Business:
    """Who sells, and where. The year of a number and the end of a day are those of its time zone.

    ``tax_name`` is what documents call the tax on sales (VAT, GST, …); ``address`` is written line by line.
    """

    name: str = "CapeControl"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Africa/Johannesburg"))
    tax_name: str = "VAT"
    address: str = ""
    tax_number: str | None = None
    email: str | None = None

    def to_json(self) -> dict[str, object]:
        """Return the seller's block of a document, as it is kept with it."""
        return {
            "name": self.name,
            "address": self.address,
            "tax_number": self.tax_number,
            "email": self.email,
            "tax_name": self.tax_name,
        }
