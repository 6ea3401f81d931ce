"""`capecontrol outbox`: dead letters show their reason, are revived on a person's word, and the audit keeps it."""

import asyncio
import json
import uuid
from typing import Any

import asyncpg
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from typer.testing import CliRunner, Result

from capecontrol.cli.commands import app
from capecontrol.cli.outbox import BATCH
from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.outbox.notify import CHANNEL
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.postgres import APP_DATABASE, EmbeddedPostgres
from capecontrol.main.settings import Settings
from tests.outbox_drain import Drain

KILL = "update outbox set dead_at = now(), attempts = 12, last_error = 'MailRefused' where consumer = :consumer"
PLACE = """
insert into outbox (id, topic, consumer, lane, payload, created_at)
values (:id, 'tests.placed.v1', :consumer, 'mail', '{}', now())
"""

#: What is revived dies at once, a few times: a command that took it up again would come to its end nevertheless.
DIES_AGAIN = """
create function die_again() returns trigger language plpgsql as $$
begin
  if length(old.last_error) < 60 then
    new.dead_at = now();
    new.last_error = old.last_error || ' again';
  end if;
  return new;
end $$;
create trigger dies_again before update on outbox for each row
when (old.dead_at is not null and new.dead_at is null) execute function die_again();
"""


class Desk:
    """An operator's terminal."""

    def __init__(self, settings: Settings, factory: UnitOfWorkFactory) -> None:
        self._factory = factory
        self._environment = {
            "CAPECONTROL_ENV": "test",
            "SECRET_KEY": settings.secret_key.get_secret_value(),
            "ENCRYPTION_KEYS": settings.encryption_keys[0].get_secret_value(),
            "DATABASE_URL": settings.database_url.get_secret_value(),
            "REDIS_URL": settings.redis_url.get_secret_value(),
        }

    async def type(self, *words: str, **changes: str) -> Result:
        # A thread of its own: the command runs an event loop.
        return await asyncio.to_thread(CliRunner(env=self._environment | changes).invoke, app, ["outbox", *words])

    async def listed(self, *words: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (await self.type("list", "--json", *words)).stdout.splitlines()]

    async def place(self, *consumers: str) -> list[str]:
        ids = [uuid.uuid4() for _ in consumers]
        for identifier, consumer in zip(ids, consumers, strict=True):
            await self.query(PLACE, id=identifier, consumer=consumer)
        return [str(identifier) for identifier in ids]

    async def query(self, statement: str, **values: object) -> list[Any]:
        async with self._factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
            result: Any = await work.session.execute(text(statement), values)
            return list(result) if result.returns_rows else []


@pytest.fixture
def desk(clean: None, settings: Settings, factory: UnitOfWorkFactory) -> Desk:
    """An operator's terminal, and an outbox with nothing in it."""
    return Desk(settings, factory)


async def test_shows_what_is_dead_and_why(desk: Desk) -> None:
    dead, _, done = await desk.place("tests.mail", "tests.due", "tests.done")
    await desk.query(KILL, consumer="tests.mail")
    await desk.query("update outbox set done_at = now() where id = :id", id=done)
    (letter,) = await desk.listed("--dead")
    assert {name: letter[name] for name in ("id", "state", "lane", "consumer", "attempts", "reason")} == {
        "id": dead, "state": "dead", "lane": "mail", "consumer": "tests.mail", "attempts": 12, "reason": "MailRefused",
    }  # fmt: skip
    assert [row["consumer"] for row in await desk.listed("--due")] == ["tests.due"]
    assert {row["consumer"] for row in await desk.listed()} == {"tests.mail", "tests.due"}
    assert [row["consumer"] for row in await desk.listed("--consumer", "tests.due")] == ["tests.due"]
    assert "MailRefused" in (await desk.type("list", "--dead")).stdout
    assert (await desk.type("list", "--dead", "--due")).exit_code == 2
    nothing = await desk.type("list", "--consumer", "tests.nobody")
    assert (nothing.stdout, nothing.stderr) == ("", "No messages found.\n")


async def test_revives_by_id_once_wakes_the_relay_and_records_it(desk: Desk, settings: Settings) -> None:
    first, second = await desk.place("tests.mail", "tests.mail")
    await desk.query(KILL, consumer="tests.mail")
    url = settings.database_url.get_secret_value().replace("+asyncpg", "")
    listener, woken = await asyncpg.connect(url), asyncio.Event()
    try:
        await listener.add_listener(CHANNEL, lambda *_: woken.set())
        revived = await desk.type("revive", first)
        assert (revived.exit_code, revived.stdout.strip()) == (0, "1 message will be retried.")
        async with asyncio.timeout(10):
            await woken.wait()
    finally:
        await listener.close()
    (row,) = await desk.query("select attempts, available_at <= now() from outbox where id = :id", id=uuid.UUID(first))
    assert tuple(row) == (0, True)
    assert [letter["id"] for letter in await desk.listed("--dead")] == [second]
    recorded = await desk.query(
        "select resource_id, actor_type, metadata ->> 'consumer' from audit_events "
        "where action = 'outbox.message_revived'"
    )
    assert [tuple(event) for event in recorded] == [(first, "SYSTEM", "tests.mail")]
    again = await desk.type("revive", first)
    assert (again.exit_code, again.stderr.strip()) == (1, "The others don't exist or haven't been given up.")


async def test_revives_all_of_a_consumer_or_all(desk: Desk) -> None:
    await desk.place("tests.mail", "tests.mail", "tests.other", "tests.due")
    await desk.query(KILL, consumer="tests.mail")
    await desk.query(KILL, consumer="tests.other")
    assert (await desk.type("revive")).exit_code == 2
    assert (await desk.type("revive", "--consumer", "tests.mail", "--all")).exit_code == 2
    assert (await desk.type("revive", "--consumer", "tests.mail")).stdout.strip() == "2 messages will be retried."
    assert [letter["consumer"] for letter in await desk.listed("--dead")] == ["tests.other"]
    assert (await desk.type("revive", "--all")).stdout.strip() == "1 message will be retried."
    assert await desk.listed("--dead") == []


async def test_revives_all_however_many_there_are(desk: Desk) -> None:
    """More than one transaction takes."""
    await desk.query(
        "insert into outbox (id, topic, consumer, lane, payload, created_at) "
        "select gen_random_uuid(), 'tests.placed.v1', 'tests.mail', 'mail', '{}', now() "
        "from generate_series(1, :count)",
        count=BATCH + 1,
    )
    await desk.query(KILL, consumer="tests.mail")
    assert (await desk.type("revive", "--all")).stdout.strip() == f"{BATCH + 1} messages will be retried."
    assert await desk.listed("--dead") == []


async def test_what_dies_again_meanwhile_is_revived_once(desk: Desk, postgres: EmbeddedPostgres) -> None:
    """Else a message whose consumer gives up at once would keep the command busy for ever."""
    await desk.place("tests.mail")
    await desk.query(KILL, consumer="tests.mail")
    postgres.run_sql(DIES_AGAIN, database=APP_DATABASE)
    try:
        assert (await desk.type("revive", "--all")).stdout.strip() == "1 message will be retried."
    finally:
        postgres.run_sql("drop function die_again cascade", database=APP_DATABASE)
    assert [letter["reason"] for letter in await desk.listed("--dead")] == ["MailRefused again"]


async def test_a_revived_letter_is_delivered(desk: Desk, drain: Drain) -> None:
    (letter,) = await desk.place("core.forget_old_slots")
    await desk.query("update outbox set topic = 'schedule.slot_due.v1', payload = '{\"slot\": 1}'")
    await desk.query(KILL, consumer="core.forget_old_slots")
    assert await drain() == 0
    assert (await desk.type("revive", letter)).exit_code == 0
    assert await drain() == 1


@pytest.mark.parametrize("words", [("list",), ("revive", "--all")])
async def test_a_terminal_with_the_keys_of_another_installation_is_refused(words: tuple[str, ...], desk: Desk) -> None:
    await desk.type("list")
    refused = await desk.type(*words, ENCRYPTION_KEYS=Fernet.generate_key().decode())
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "ENCRYPTION_KEYS" in refused.stderr
