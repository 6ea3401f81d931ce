"""``capecontrol staff add``: an account that can sign in, or a sentence and no account."""

import asyncio

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from typer.testing import CliRunner

from capecontrol.cli.commands import app as commands
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.settings import Settings
from tests.cli.test_secrets import environment
from tests.client import Client
from tests.people import PASSWORD, SYSTEM

Told = tuple[int, str, str]


async def _add(settings: Settings, address: str, password: str = PASSWORD) -> Told:
    runner = CliRunner(env={**environment(settings), "STAFF_PASSWORD": password})
    done = await asyncio.to_thread(runner.invoke, commands, ["staff", "add", address])
    return done.exit_code, done.stdout.strip(), done.stderr.strip()


async def _accounts(factory: UnitOfWorkFactory) -> list[str]:
    async with factory.unit(SYSTEM, PlatformScope("tests")) as work:
        return list((await work.session.execute(text("select email from users"))).scalars())


async def test_who_is_added_signs_in(clean: None, app: FastAPI, settings: Settings, factory: UnitOfWorkFactory) -> None:
    assert (await _add(settings, " Eve\uff20People.test"))[0] == 0
    assert await _accounts(factory) == ["eve@people.test"]
    body = {"email": "eve@people.test", "password": PASSWORD}
    assert (await Client(app).post("/api/auth/login", body)).status_code == 200


@pytest.mark.parametrize("address", ["nomail", "a@b@people.test", "eve@people.test\uff0cmallory@people.test"])
async def test_what_registration_would_refuse_is_no_address(
    address: str, clean: None, settings: Settings, factory: UnitOfWorkFactory
) -> None:
    refusal = f"{address!r} is not a valid e-mail address: nobody could sign in with it."
    assert await _add(settings, address) == (1, "", refusal)
    assert await _accounts(factory) == []


async def test_a_weak_password_is_refused_in_a_sentence(clean: None, settings: Settings) -> None:
    assert await _add(settings, "eve@people.test", "short-1") == (1, "", "Use at least 8 characters.")
