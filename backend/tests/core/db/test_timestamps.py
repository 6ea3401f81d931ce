"""Rows are stamped in one place, by the clock of their unit of work."""

import uuid
from datetime import timedelta

from capecontrol.core.dao import Dao
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.ids import new_id
from capecontrol.features.organizations.models import Organization, OrganizationStatus
from tests.moving_clock import MovingClock
from tests.people import SYSTEM, People

SCOPE = PlatformScope("tests")


class OrganizationDao(Dao[Organization]):
    model = Organization
    owner = "id"


async def _made(people: People) -> uuid.UUID:
    identifier = new_id()
    async with people.factory.unit(SYSTEM, SCOPE) as work:
        await OrganizationDao(work).add(
            Organization(
                id=identifier,
                name=f"Stamped {identifier}",
                domain=f"stamped-{identifier}",
                plan="FREE",
                status=OrganizationStatus.ACTIVE,
                settings={},
            )
        )
    return identifier


async def _read(people: People, identifier: uuid.UUID) -> Organization:
    async with people.factory.unit(SYSTEM, SCOPE) as work:
        return await OrganizationDao(work).require(identifier)


async def test_a_new_row_is_stamped_by_the_units_clock(people: People, clock: MovingClock) -> None:
    row = await _read(people, await _made(people))
    assert row.created_at == row.updated_at
    assert abs(row.created_at - clock.now()) < timedelta(minutes=1)


async def test_a_changed_row_and_a_conditional_update_are_stamped(people: People, clock: MovingClock) -> None:
    identifier = await _made(people)
    made = await _read(people, identifier)

    clock.advance(timedelta(hours=1))
    async with people.factory.unit(SYSTEM, SCOPE) as work:
        (await OrganizationDao(work).require(identifier)).settings = {"changed": True}
        await work.session.flush()
    changed = await _read(people, identifier)
    assert changed.created_at == made.created_at
    assert changed.updated_at - made.updated_at >= timedelta(hours=1)

    clock.advance(timedelta(hours=1))
    async with people.factory.unit(SYSTEM, SCOPE) as work:
        await OrganizationDao(work).update_where(Organization.id == identifier, status=OrganizationStatus.SUSPENDED)
    suspended = await _read(people, identifier)
    assert suspended.status is OrganizationStatus.SUSPENDED, "a member of the enumeration, not its text"
    assert suspended.updated_at - changed.updated_at >= timedelta(hours=1)


async def test_a_row_that_was_only_read_keeps_its_time(people: People, clock: MovingClock) -> None:
    identifier = await _made(people)
    made = await _read(people, identifier)
    clock.advance(timedelta(hours=1))
    async with people.factory.unit(SYSTEM, SCOPE) as work:
        row = await OrganizationDao(work).require(identifier)
        row.name = str(row.name)
        await work.session.flush()
    assert (await _read(people, identifier)).updated_at == made.updated_at
