"""A key goes when nothing can need it any more, and not before."""

import asyncio
from datetime import timedelta

import pytest

from capecontrol.core.http.csrf import PAIR_TTL
from capecontrol.core.rings.ring import RingName
from capecontrol.core.secret_keys.rotation import MadeKey, rotate
from capecontrol.features.identity.tokens import ACCESS_TTL
from tests.core.secret_keys.installation import PLATFORM, Installation
from tests.main.processes import until
from tests.people import PASSWORD, SYSTEM, People

SIGNING = [(RingName.TOKENS, ACCESS_TTL), (RingName.CSRF, PAIR_TTL)]


@pytest.mark.parametrize(("ring", "lifetime"), SIGNING)
async def test_what_signed_stays_longer_than_what_it_signed_is_valid(
    ring: RingName, lifetime: timedelta, installation: Installation
) -> None:
    hours = lifetime / timedelta(hours=1)
    await installation.process()
    (first,) = await installation.rotate(ring)
    (second,) = await installation.rotate(ring)
    await installation.pass_hours(hours + 0.5)
    retired, kept = await installation.retire()
    assert retired == []
    assert kept[first].startswith("something may still need it until ")
    await installation.pass_hours(0.6)
    retired, kept = await installation.retire()
    assert retired == [f"{ring}-legacy", first]
    assert kept[second] == "it is in use: run `capecontrol secrets rotate` first"


async def _seal_a_webhook(installation: Installation, people: People) -> None:
    await installation.rows(
        "insert into inbound_events (id, provider, external_id, type, payload, is_sealed, created_at) "
        "values (gen_random_uuid(), 'courier', 'news-1', 'moved', :payload, true, now())",
        payload=people.factory.keyring.seal_bytes(b"{}"),
    )


async def test_a_pepper_in_use_is_never_dropped(installation: Installation) -> None:
    people = await installation.api()
    owner = await people.owner()
    await installation.rotate(RingName.PEPPER)
    await installation.pass_hours(24 * 365)
    retired, kept = await installation.retire()
    assert retired == []
    assert (
        kept["pepper-legacy"] == "still needed by passwords (1): each moves to the newest key when its owner signs in"
    )
    assert (await installation.usage())["pepper-legacy"].needed_by == {"passwords": 1}

    signed_in = await people.stranger().post("/api/auth/login", {"email": owner.email, "password": PASSWORD})
    assert signed_in.status_code == 200
    assert (await installation.retire())[0] == ["pepper-legacy"]


async def test_a_sealing_key_stays_until_what_it_sealed_is_sealed_again(installation: Installation) -> None:
    people = await installation.api()
    (first,) = await installation.rotate(RingName.SEALING)
    await _seal_a_webhook(installation, people)
    await installation.rotate(RingName.SEALING)
    await installation.pass_hours(1)
    reason = (await installation.retire())[1][first]
    assert reason == "still needed by encrypted values (1): run `capecontrol secrets reseal`"
    done = await installation.reseal()
    assert (done.values, done.unreadable) == (1, 0)
    assert (await installation.retire())[0] == [first]
    assert (await installation.retire())[1]["sealing-legacy"].startswith("it stands for ENCRYPTION_KEYS")


async def test_a_retired_key_leaves_its_row_and_nothing_that_opens(installation: Installation) -> None:
    await installation.process()
    (first,) = await installation.rotate(RingName.TOKENS)
    await installation.rotate(RingName.TOKENS)
    await installation.pass_hours(26)
    await installation.retire()
    (row,) = await installation.rows("select * from secret_keys where id = :id", id=first)
    assert (row["sealed"], row["sealed_by"]) == (None, None)
    assert row["retired_at"] is not None


@pytest.mark.parametrize("ring", [RingName.PEPPER, RingName.SEALING])
async def test_a_leaked_key_that_something_needs_stays_all_the_same(ring: RingName, installation: Installation) -> None:
    people = await installation.api()
    (first,) = await installation.rotate(ring)
    await people.owner()
    await _seal_a_webhook(installation, people)
    await installation.rotate(ring)
    retired, kept = await installation.retire(first)
    assert retired == []
    assert kept[first].startswith("still needed by ")


async def test_a_key_that_leaked_takes_no_other_with_it(installation: Installation) -> None:
    """What did not leak waits for the end of what it signed; and so does what seals, whatever is said of it."""
    await installation.process()
    first, second = await installation.rotate(RingName.TOKENS, RingName.CSRF)
    (sealing,) = await installation.rotate(RingName.SEALING)
    await installation.rotate(*RingName)
    retired, kept = await installation.retire(first, sealing)
    assert retired == [first]
    assert kept[second].startswith("something may still need it until ")
    assert kept["tokens-legacy"].startswith("something may still need it until ")
    assert kept[sealing].startswith("something may still need it until ")


async def test_a_key_that_waits_for_its_time_is_not_retired(installation: Installation) -> None:
    await installation.process()
    (waiting,) = await installation.make(RingName.TOKENS)
    retired, kept = await installation.retire(waiting)
    assert (retired, set(kept)) == ([], {f"{ring}-legacy" for ring in RingName})
    assert (await installation.usage())[waiting].state == "waiting"


async def test_who_changes_keys_waits_for_who_does(installation: Installation) -> None:
    """Two at once: the second begins when the first has ended, and its keys are the newer ones."""
    factory = await installation.process()
    made: list[MadeKey] = []

    async def turn(is_begun: asyncio.Event, may_end: asyncio.Event) -> None:
        async with factory.unit(SYSTEM, PLATFORM) as work:
            keys = await rotate(work, factory.rings, [RingName.TOKENS])
            made.extend(keys)
            is_begun.set()
            await may_end.wait()

    first, second, may_end, at_once = (asyncio.Event() for _ in range(4))
    at_once.set()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(turn(first, may_end))
        await first.wait()
        tasks.create_task(turn(second, at_once))
        await wait_for_a_lock(installation)
        assert not second.is_set()
        may_end.set()
    assert made[0].used_from < made[1].used_from


async def wait_for_a_lock(installation: Installation) -> None:
    """Return when somebody waits for the lock of those who change keys."""

    async def somebody_waits() -> bool:
        return bool(await installation.rows("select 1 from pg_locks where locktype = 'advisory' and not granted"))

    await until(somebody_waits)


async def test_every_change_of_keys_is_in_the_audit_and_no_key_is(installation: Installation) -> None:
    await installation.process()
    (first,) = await installation.rotate(RingName.CSRF)
    await installation.rotate(RingName.CSRF)
    sealed = await installation.rows("select sealed from secret_keys")
    await installation.retire(first)
    rows = await installation.rows(
        "select action, resource_type, resource_id, metadata::text as metadata from audit_events order by id"
    )
    told = [(row["action"], row["resource_id"] == first) for row in rows]
    assert told == [("secret.rotated", True), ("secret.rotated", False), ("secret.retired", True)]
    assert [row for row in sealed if row["sealed"] in str(rows)] == []
