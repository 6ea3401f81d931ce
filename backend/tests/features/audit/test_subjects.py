"""Whose account an entry is about: looked up when the log is read, as who acted is."""

import pytest

from capecontrol.core.permissions import Role
from capecontrol.core.work import UnitOfWorkFactory
from tests.features.audit.log import record, search, sql
from tests.people import People, Person


@pytest.fixture
async def auditor(people: People) -> Person:
    return await people.person(Role.AUDITOR)


async def test_an_added_account_is_told_by_its_persons_name_of_today(
    people: People, auditor: Person, factory: UnitOfWorkFactory
) -> None:
    owner = await people.owner()
    await sql(factory, "update users set full_name = 'Naledi Khumalo' where id = :id", id=owner.id)

    [event] = [one for one in await search(auditor, action="user.added") if one["resource_id"] == str(owner.id)]

    assert event["title"] == "Added an account: Naledi Khumalo"
    assert (event["subject"], event["subject_email"]) == ("Naledi Khumalo", owner.email)
    assert event["actor_email"] is None
    kept = await sql(factory, "select a::text as row from audit_events a where resource_id = :id", id=str(owner.id))
    assert not [one for one in kept if owner.email in one["row"] or "Khumalo" in one["row"]]


@pytest.mark.parametrize("identifier", ["0199f3a0-0000-7000-8000-00000000000a", "somebody", ""])
async def test_who_is_gone_and_what_is_no_id_has_no_name(
    auditor: Person, factory: UnitOfWorkFactory, identifier: str
) -> None:
    await record(factory, "thing.made", resource=("user", identifier))
    [event] = await search(auditor, action="thing.")
    assert (event["subject"], event["subject_email"]) == (None, None)


async def test_what_is_no_account_has_no_subject(auditor: Person, factory: UnitOfWorkFactory) -> None:
    await record(factory, "thing.made", resource=("session", str(auditor.id)))
    [event] = await search(auditor, action="thing.")
    assert (event["subject"], event["subject_email"]) == (None, None)


async def test_whose_password_was_guessed_is_told_and_who_has_no_account_is_nobody(
    people: People, auditor: Person
) -> None:
    owner, stranger = await people.owner(), people.stranger()
    for email in (owner.email, "nobody@people.test"):
        answer = await stranger.post("/api/auth/login", {"email": email, "password": "Wrong-pass-1"})
        assert answer.status_code == 401

    unknown, known = await search(auditor, action="session.refused")

    assert (known["resource"], known["subject_email"]) == (f"user/{owner.id}", owner.email)
    assert (known["title"], known["metadata"]) == ("Failed to sign in: Owner", {"reason": "password"})
    assert (unknown["resource"], unknown["subject"], unknown["subject_email"]) == ("user", None, None)
    assert unknown["title"] == "Failed to sign in: no such account"
    assert unknown["metadata"] == {"reason": "unknown-address"}
    assert "nobody@people.test" not in str(unknown)
