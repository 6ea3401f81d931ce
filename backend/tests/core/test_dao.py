"""Rows by id: what is only read is asked for with a prepared statement, and bounded as every other question is."""

import uuid

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from capecontrol.core.dao import Dao, KeyTaken
from capecontrol.core.db.scope import OrganizationScope, PlatformScope, Scope
from capecontrol.core.ids import new_id
from capecontrol.core.problems import NotFound
from capecontrol.features.identity.dao.sessions import SessionDao
from capecontrol.features.identity.models import UserSession
from capecontrol.features.organizations.models import Organization
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.features.projects.models import Project
from capecontrol.features.proposals.dao.proposals import ProposalDao
from tests.features.proposals.agency import Agency
from tests.features.proposals.conftest import agency
from tests.people import SYSTEM, People

__all__ = ["agency"]


class PlatformDao(Dao[Organization]):
    """Rows that belong to nobody."""

    model = Organization
    owner = None


async def _looks(people: People, scope: Scope, project_id: uuid.UUID) -> Project | None:
    async with people.factory.unit(SYSTEM, scope) as work:
        try:
            return await ProjectDao(work).look(project_id)
        except NotFound:
            return None


async def test_a_row_that_is_looked_at_reads_as_the_object_does(agency: Agency, people: People) -> None:
    draft = await agency.draft()
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        looked = await ProposalDao(work).look(uuid.UUID(draft["id"]))
        row = await ProposalDao(work).require(uuid.UUID(draft["id"]))

        names = [column.key for column in ProposalDao.model.__mapper__.column_attrs]
        assert {name: getattr(looked, name) for name in names} == {name: getattr(row, name) for name in names}
        assert inspect(looked, raiseerr=False) is None


async def test_nobody_looks_into_another_organization(agency: Agency, people: People) -> None:
    project_id = uuid.UUID((await agency.draft())["project_id"])
    other = await people.organization("Other")

    assert await _looks(people, OrganizationScope(agency.org_id), project_id) is not None
    assert await _looks(people, PlatformScope("tests"), project_id) is not None
    assert await _looks(people, OrganizationScope(other), project_id) is None
    assert await _looks(people, OrganizationScope(agency.org_id), uuid.uuid4()) is None


async def test_what_belongs_to_the_platform_is_not_looked_at(people: People) -> None:
    """Its read could not name whose it is."""
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        with pytest.raises(TypeError, match="PlatformDao has no owner"):
            await PlatformDao(work).look(uuid.uuid4())


async def test_rows_tell_whose_they_are_and_the_platforms_are_nobodys(agency: Agency, people: People) -> None:
    project_id = uuid.UUID((await agency.draft())["project_id"])
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        assert await ProjectDao(work).owners([project_id, uuid.uuid4()]) == {project_id: agency.org_id}
        assert await PlatformDao(work).owners([agency.org_id]) == {}


async def _add_session(people: People, session_id: uuid.UUID, user_id: uuid.UUID, org_id: uuid.UUID | None) -> None:
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        now = work.now()
        session = UserSession(
            id=session_id, user_id=user_id, org_id=org_id, is_remembered=False, last_seen_at=now, expires_at=now
        )
        await SessionDao(work).add(session)


async def test_only_a_key_that_is_anothers_is_called_taken(people: People) -> None:
    """Whoever hears that something is taken offers another: a row that is wrong is a mistake of ours."""
    owner = await people.owner()
    await _add_session(people, new_id(), owner.id, owner.org_id)
    with pytest.raises(KeyTaken):
        await _add_session(people, owner.session_id, owner.id, owner.org_id)
    with pytest.raises(IntegrityError, match="violates foreign key constraint"):
        await _add_session(people, new_id(), uuid.uuid4(), owner.org_id)


def test_a_dao_that_hides_rows_says_who_sees_all() -> None:
    """Whoever forgot would show them to everybody."""
    with pytest.raises(TypeError, match="does not say who sees all"):
        type("Careless", (Dao,), {"model": Project, "shown": Project.code != ""})
