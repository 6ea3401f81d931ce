"""``capecontrol secrets``: what a person at the terminal is told."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from typer.testing import CliRunner

from capecontrol.cli.commands import app
from capecontrol.core.crypto import Keyring
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.settings import Settings
from tests.people import SYSTEM

Told = tuple[int, str, str]
Command = Callable[..., Awaitable[Told]]


def environment(settings: Settings) -> dict[str, str]:
    """Return the tests' installation as the environment says it."""
    return {
        "CAPECONTROL_ENV": "test",
        "CAPECONTROL_HOME": str(settings.capecontrol_home),
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "ENCRYPTION_KEYS": ",".join(key.get_secret_value() for key in settings.encryption_keys),
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "REDIS_URL": settings.redis_url.get_secret_value(),
    }


@pytest.fixture
def command(clean: None, settings: Settings) -> Command:
    """Run a command; the answer is its exit code, what it said, and what it complained of."""

    async def run(*words: str, **changes: str) -> Told:
        runner = CliRunner(env={**environment(settings), **changes})
        done = await asyncio.to_thread(runner.invoke, app, ["secrets", *words])
        return done.exit_code, done.stdout.strip(), done.stderr.strip()

    return run


async def test_rotating_says_which_key_is_used_from_when(command: Command) -> None:
    code, said, _ = await command("rotate", "tokens", "csrf")
    lines = said.splitlines()
    assert (code, [line.split(":")[0] for line in lines]) == (0, ["tokens", "csrf"])
    assert all("takes effect at 20" in line and line.endswith("Z.") for line in lines)
    status = json.loads((await command("status", "--json"))[1])
    assert [(key["ring"], key["state"]) for key in status] == [
        ("tokens", "current"),
        ("tokens", "waiting"),
        ("csrf", "current"),
        ("csrf", "waiting"),
        ("pepper", "current"),
        ("sealing", "current"),
    ]


async def test_all_turns_every_ring(command: Command) -> None:
    _, said, _ = await command("rotate", "--all")
    assert [line.split(":")[0] for line in said.splitlines()] == ["tokens", "csrf", "pepper", "sealing"]


@pytest.mark.parametrize("words", [(), ("tokens", "--all")])
async def test_rotating_without_saying_what_is_refused(words: tuple[str, ...], command: Command) -> None:
    assert await command("rotate", *words) == (
        2,
        "",
        "Choose which rings to rotate: tokens, csrf, pepper, sealing, or --all.",
    )


async def test_retiring_says_why_each_key_stays(command: Command) -> None:
    code, said, _ = await command("retire")
    assert (code, said.splitlines()) == (
        0,
        [
            f"{ring}: key {ring}-legacy is kept: it is in use: run `capecontrol secrets rotate` first."
            for ring in ("tokens", "csrf", "pepper", "sealing")
        ],
    )


async def test_a_leaked_key_that_goes_is_still_taken_for_a_moment_and_the_command_says_so(
    command: Command, factory: UnitOfWorkFactory
) -> None:
    await command("rotate", "csrf")
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        long_ago = "update secret_keys set used_from = now() - interval '1 minute' where ring = 'csrf'"
        await work.session.execute(text(long_ago))
    code, said, _ = await command("retire", "--leaked", "csrf-legacy")
    assert (code, said.splitlines()[:2]) == (
        0,
        [
            "csrf: key csrf-legacy is retired.",
            "Within 30 seconds, every process rejects what a leaked key signed.",
        ],
    )


async def test_a_leaked_key_that_does_not_go_is_an_error(command: Command) -> None:
    code, _, complaint = await command("retire", "--leaked", "tokens-legacy")
    assert (code, complaint) == (1, "Not retired: tokens-legacy.")


async def test_resealing_with_nothing_to_do_says_so(command: Command) -> None:
    assert await command("reseal") == (0, "0 keys and 0 values encrypted again.", "")


async def test_the_environments_key_turns_and_the_old_one_goes(command: Command, settings: Settings) -> None:
    """As the guide says: the new entry behind, then first, reseal, and the old one leaves."""
    old, new = settings.encryption_keys[0].get_secret_value(), Fernet.generate_key().decode()
    await command("rotate", "--all")
    await command("status", ENCRYPTION_KEYS=f"{old},{new}")
    assert (await command("reseal", ENCRYPTION_KEYS=f"{new},{old}"))[1] == "4 keys and 0 values encrypted again."
    code, _, _ = await command("status", ENCRYPTION_KEYS=new)
    assert code == 0
    code, _, complaint = await command("status")
    assert (code, complaint.startswith("ENCRYPTION_KEYS lacks the entry that encrypts ")) == (1, True)


async def test_what_the_environments_old_entry_sealed_before_any_rotation_is_sealed_again(
    command: Command, factory: UnitOfWorkFactory, settings: Settings
) -> None:
    old, new = settings.encryption_keys[0].get_secret_value(), Fernet.generate_key().decode()
    statement = (
        "insert into n8n_environments (id, name, base_url, api_key_sealed, is_active, created_at, updated_at) "
        "values (gen_random_uuid(), 'n8n', 'https://n8n.test', :sealed, true, now(), now())"
    )
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text(statement), {"sealed": factory.keyring.seal("the n8n key")})
    await command("status")
    assert (await command("reseal", ENCRYPTION_KEYS=f"{new},{old}"))[1] == "0 keys and 1 value encrypted again."
    assert (await command("reseal", ENCRYPTION_KEYS=new))[:2] == (0, "0 keys and 0 values encrypted again.")
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        (sealed,) = (await work.session.execute(text("select api_key_sealed from n8n_environments"))).scalars()
    assert Keyring([new]).open(sealed) == "the n8n key"


async def test_a_restored_database_is_adopted_on_a_persons_word_only(command: Command) -> None:
    elsewhere = Fernet.generate_key().decode()
    await command("rotate", "tokens")
    assert (await command("status", ENCRYPTION_KEYS=elsewhere))[0] == 1
    assert (await command("adopt", ENCRYPTION_KEYS=elsewhere))[0] == 1, "nobody answered the question"
    assert (await command("status", ENCRYPTION_KEYS=elsewhere))[0] == 1
    assert (await command("adopt", "--yes", ENCRYPTION_KEYS=elsewhere))[:2] == (
        0,
        "The database now belongs to this environment. 1 key could not be decrypted.",
    )
    assert (await command("status", ENCRYPTION_KEYS=elsewhere))[0] == 0


async def test_what_no_key_opens_is_an_error(command: Command, factory: UnitOfWorkFactory) -> None:
    statement = (
        "insert into inbound_events (id, provider, external_id, type, payload, is_sealed, created_at) "
        "values (gen_random_uuid(), 'courier', 'news-1', 'moved', 'gAAAA lost', true, now())"
    )
    await command("status")
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text(statement))
    assert (await command("reseal"))[::2] == (1, "1 value could not be decrypted with any key: check ENCRYPTION_KEYS.")


async def test_a_second_installation_cannot_add_staff(command: Command, settings: Settings) -> None:
    await command("status")
    env = {**environment(settings), "ENCRYPTION_KEYS": Fernet.generate_key().decode(), "STAFF_PASSWORD": "Correct-9-h"}
    refused = await asyncio.to_thread(CliRunner(env=env).invoke, app, ["staff", "add", "eve@people.test"])
    assert refused.exit_code == 1
    assert refused.stderr.startswith("None of ENCRYPTION_KEYS has ever been used with this database")
