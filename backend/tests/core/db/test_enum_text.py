"""Columns of enumerations take members alone."""

import uuid

import pytest
from sqlalchemy import update
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import StatementError

from capecontrol.core.audit import Outcome
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.db.scope import PlatformScope
from capecontrol.features.organizations.models import Organization
from tests.people import SYSTEM, People


async def test_what_is_no_member_is_not_written(people: People) -> None:
    """The database would take it where the CHECK of a later release does, and this one could not tell what it means."""
    with pytest.raises(StatementError, match="'DORMANT' is not a valid OrganizationStatus"):
        async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
            await work.session.execute(
                update(Organization).where(Organization.id == uuid.uuid4()).values(status="DORMANT")
            )


def test_a_spelling_that_the_enumeration_takes_is_read_as_its_member() -> None:
    read = EnumText(Outcome).result_processor(postgresql.dialect(), None)

    assert read("Success") is read("SUCCESS") is Outcome.SUCCESS
    assert (read(None), read("LATER")) == (None, "LATER")
    assert read("LATER") not in list(Outcome)
