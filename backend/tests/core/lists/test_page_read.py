"""Lists: unknown filters are refused, parts of texts are taken as they are, and rows are what their type says."""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from capecontrol.core.db.base import IdMixin
from capecontrol.core.db.model_row import model_row
from capecontrol.core.db.prepared_statement import PreparedStatement
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.db.text_search import begins_with, contains
from capecontrol.core.lists.page_read import PageRead
from capecontrol.core.lists.pagination import PageQuery
from capecontrol.features.organizations.models import Organization
from tests.people import SYSTEM, People

SCOPE = PlatformScope("tests")
PARTS = PageRead(
    Organization,
    owner="id",
    searches=["part"],
    part=contains(Organization.name, bindparam("part")),
    beginning=begins_with(Organization.name, bindparam("beginning")),
    is_free=Organization.plan == "FREE",
    is_paying=Organization.plan != "FREE",
)
NAMES = ("Harbour", "harbour works", "100% Cotton", "100 Cottons", "a_b", "axb", "in/out", "in out")


async def _found(people: People, **wanted: object) -> list[str]:
    async with people.factory.unit(SYSTEM, SCOPE) as work:
        return sorted(row.name for row in (await PARTS.page(work, PageQuery(), **wanted)).rows)


@pytest.fixture
async def named(people: People) -> People:
    for name in NAMES:
        await people.organization(name)
    return people


@pytest.mark.parametrize("misspelt", [{"prat": "Harbour"}, {"prat": None}, {"part": "Harbour", "isfree": True}])
async def test_a_filter_that_is_not_there_is_refused(misspelt: Mapping[str, object], people: People) -> None:
    """Whatever its value, so that the first call tells: a list without its filter shows everything."""
    async with people.factory.unit(SYSTEM, SCOPE) as work:
        with pytest.raises(TypeError, match="no filter"):
            await PARTS.page(work, PageQuery(), **misspelt)


@pytest.mark.parametrize("given", [{}, {"idd": 1}, {"id": uuid.uuid4(), "name": "Harbour"}])
async def test_a_statement_takes_its_parameters_and_no_others(given: Mapping[str, object], people: People) -> None:
    by_id = PreparedStatement(select(Organization.name).where(Organization.id == bindparam("id")), str)
    async with people.factory.unit(SYSTEM, SCOPE) as work:
        with pytest.raises(TypeError, match="the statement takes"):
            await by_id.all(work.transaction, **given)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"part": "HARBOUR"}, ["Harbour", "harbour works"]),
        ({"part": "0%"}, ["100% Cotton"]),
        ({"part": "a_"}, ["a_b"]),
        ({"part": "n/o"}, ["in/out"]),
        ({"beginning": "100%"}, ["100% Cotton"]),
        ({"beginning": "harbour"}, ["harbour works"]),
        ({"beginning": "in", "part": "out"}, ["in out", "in/out"]),
        ({"part": "nothing"}, []),
    ],
)
async def test_a_part_of_a_text_is_taken_as_it_is(
    wanted: Mapping[str, object], names: list[str], named: People
) -> None:
    assert await _found(named, **wanted) == names


async def test_a_filter_without_a_parameter_is_switched_on_and_off(named: People) -> None:
    assert await _found(named, is_free=True, is_paying=False) == sorted(NAMES)
    assert await _found(named, is_free=False, is_paying=True) == []


@pytest.mark.parametrize("wanted", [{}, {"part": "o"}])
async def test_a_total_is_that_of_what_is_wanted(wanted: Mapping[str, object], named: People) -> None:
    """Whether it was counted with the rows or by itself, and on every page."""
    total = len(await _found(named, **wanted))
    async with named.factory.unit(SYSTEM, SCOPE) as work:
        first = await PARTS.page(work, PageQuery(limit=2), **wanted)
        pages = [first, *[await PARTS.page(work, PageQuery(page, 2), **wanted) for page in (2, 3, 99)]]
    assert [page.total for page in pages] == [total] * 4


@pytest.mark.parametrize("wanted", [{}, {"part": "o"}])
async def test_ids_are_the_lists_first_and_no_more_than_asked_for(wanted: Mapping[str, object], named: People) -> None:
    async with named.factory.unit(SYSTEM, SCOPE) as work:
        rows = (await PARTS.page(work, PageQuery(), **wanted)).rows
        assert len(rows) > 3
        assert await PARTS.ids(work, 3, **wanted) == [row.id for row in rows[:3]]


class _Base(DeclarativeBase):
    """A root of models of our own: the product's has tables that stand in the database."""


class _Dated:
    """Something whose day is asked for."""

    seen_at: Mapped[datetime]

    @property
    def day(self) -> str:
        """Return the day."""
        return self.seen_at.date().isoformat()


class _Ship(IdMixin, _Dated, _Base):
    """A model that says more than its columns do."""

    __tablename__ = "ships"
    name: Mapped[str]

    @property
    def title(self) -> str:
        """Return what people call it."""
        return f"MV {self.name}"

    def is_older(self, moment: datetime) -> bool:
        """Tell whether it was seen before a moment."""
        return self.seen_at < moment


class _Boat(IdMixin, _Base):
    """A model that leads to another."""

    __tablename__ = "boats"
    ship_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ships.id"))
    ship: Mapped[_Ship] = relationship(_Ship)


def _values(row: Callable[..., _Ship]) -> _Ship:
    return row(id=uuid.UUID(int=1), seen_at=datetime(2026, 11, 22, tzinfo=UTC), name="Harbour")


def test_a_row_says_what_its_model_says() -> None:
    ship = _values(model_row(_Ship))
    assert (ship.id, ship.title, ship.day) == (uuid.UUID(int=1), "MV Harbour", "2026-11-22")
    assert ship.is_older(datetime(2027, 1, 1, tzinfo=UTC))


def test_a_row_is_not_changed() -> None:
    ship = _values(model_row(_Ship))
    with pytest.raises(AttributeError):
        ship.name = "Lighthouse"


def test_what_leads_to_other_rows_is_no_model_for_rows() -> None:
    with pytest.raises(TypeError, match="ship"):
        model_row(_Boat)
