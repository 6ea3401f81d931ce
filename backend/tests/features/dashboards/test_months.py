"""Months as the business counts them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from capecontrol.features.dashboards.months import MonthToDate

JOHANNESBURG = ZoneInfo("Africa/Johannesburg")


def test_a_month_begins_at_midnight_where_the_business_is() -> None:
    month = MonthToDate.of(datetime(2026, 10, 31, 22, 30, tzinfo=UTC), JOHANNESBURG)

    assert month.start == datetime(2026, 10, 31, 22, 0, tzinfo=UTC)
    assert month.last_start == datetime(2026, 9, 30, 22, 0, tzinfo=UTC)
    assert month.last_end == datetime(2026, 9, 30, 22, 30, tzinfo=UTC)


def test_a_shorter_month_counts_as_a_whole() -> None:
    month = MonthToDate.of(datetime(2026, 3, 31, 12, 0, tzinfo=UTC), JOHANNESBURG)

    assert month.last_end == month.start


@given(
    st.integers(946_684_800, 4_102_444_800).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.sampled_from(["Africa/Johannesburg", "Europe/Berlin", "America/New_York", "Pacific/Auckland"]),
)
def test_the_stretches_follow_each_other(now: datetime, zone: str) -> None:
    month = MonthToDate.of(now, ZoneInfo(zone))

    assert month.last_start <= month.last_end <= month.start <= month.now == now
    assert month.start.astimezone(ZoneInfo(zone)).day == month.last_start.astimezone(ZoneInfo(zone)).day == 1
