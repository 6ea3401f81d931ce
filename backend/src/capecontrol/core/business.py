"""The business that runs this installation: whose name documents carry, and whose calendar counts."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Business:
    """Who sells, and where. The year of a number and the end of a day are those of its time zone.

    ``currency`` (ISO 4217) is what new prices are in; ``tax_name`` is what documents call the tax on sales (VAT, GST,
    …); ``address`` is written line by line.
    """

    name: str = "CapeControl"
    currency: str = "ZAR"
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Africa/Johannesburg"))
    tax_name: str = "VAT"
    address: str = ""
    tax_number: str | None = None
    email: str | None = None

    def year_of(self, moment: datetime) -> int:
        """Return the year of a moment where the business is: 31 December 22:30 UTC is next year in Johannesburg."""
        return moment.astimezone(self.timezone).year

    def end_of_day(self, day: date) -> datetime:
        """Return the last second, in UTC, of a day where the business is: nobody thinks of 14:07 as a deadline."""
        return datetime.combine(day, time(23, 59, 59), self.timezone).astimezone(UTC)

    def to_json(self) -> dict[str, object]:
        """Return the seller's block of a document, as it is kept with it."""
        return {
            "name": self.name,
            "address": self.address,
            "tax_number": self.tax_number,
            "email": self.email,
            "tax_name": self.tax_name,
        }
