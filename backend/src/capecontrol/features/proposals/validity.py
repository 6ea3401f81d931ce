"""How long an offer stands: to the end of a day, where the business is."""

from datetime import date, datetime, timedelta

from capecontrol.core.business import Business

#: How long an offer stands when nobody said otherwise.
USUAL = timedelta(days=30)


def given_end(value: date | datetime | None, business: Business) -> datetime | None:
    """Return the moment at which an offer ends that was given as a day or as a moment."""
    return value if value is None or isinstance(value, datetime) else business.end_of_day(value)


def last_day(end: datetime | None, business: Business) -> date | None:
    """Return the day, where the business is, on which an offer ends."""
    return end.astimezone(business.timezone).date() if end else None


def usual_end(now: datetime, business: Business) -> datetime:
    """Return the end of an offer that is made now and says nothing of it."""
    return business.end_of_day((now.astimezone(business.timezone) + USUAL).date())
