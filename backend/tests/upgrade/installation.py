"""Installations as older releases left them, brought to life under today's code."""

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Select, func, select, table, text

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.api import create_app
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.wiring import build_factory, build_ports
from capecontrol.main.database.migration import Migrator
from capecontrol.main.features import event_registry
from capecontrol.main.settings import Environment, Settings
from tests.client import Client
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.servers import MIGRATING

FOLDER = Path(__file__).parent
Json = dict[str, Any]


@dataclass(frozen=True)
class Installation:
    """One recorded installation: its rows, its files, and what people held in hand on that day."""

    folder: Path

    def __str__(self) -> str:
        return self.folder.name

    @cached_property
    def held(self) -> Json:
        """Return what people held, and how many rows there were."""
        held: Json = json.loads((self.folder / "held.json").read_text())
        return held

    @cached_property
    def answers(self) -> list[Json]:
        """Return what people read on that day."""
        answers: list[Json] = json.loads((self.folder / "answers.json").read_text())
        return answers

    @property
    def objects(self) -> Path:
        """Return the folder of stored files."""
        return self.folder / "objects"

    async def restore(self, postgres: EmbeddedPostgres, database: str) -> None:
        """Fill an empty database with the installation, and bring it to today's schema as an operator would."""
        migrator = Migrator(postgres.owner_dsn(database))
        await migrator.migrate(MIGRATING, to=self.held["revision"])
        postgres.run_sql("delete from migration_evidence", database=database)
        postgres.run_sql((self.folder / "database.sql").read_text(), database=database)
        await migrator.migrate(MIGRATING)


INSTALLATIONS = [Installation(folder) for folder in sorted(FOLDER.glob("v*/"))]


@dataclass(frozen=True)
class Upgraded:
    """An installation under today's code."""

    installation: Installation
    app: FastAPI
    factory: UnitOfWorkFactory
    ports: Ports
    clock: MovingClock
    drain: Drain

    @property
    def held(self) -> Json:
        """Return what people held on the day of the record."""
        return self.installation.held

    def stranger(self) -> Client:
        """Return a client that is not signed in."""
        return Client(self.app)

    def as_person(self, name: str) -> Client:
        """Return a client with the access token that somebody had on that day."""
        return Client(self.app, self.held["people"][name]["access_token"], has_old_records=True)

    async def read(self, name: str, path: str) -> Json:
        """Return what somebody reads today."""
        answer = await self.as_person(name).get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        found: Json = answer.json()
        return found

    async def values(self, statement: str | Select[Any]) -> list[Any]:
        """Return a column as the system sees it."""
        query = text(statement) if isinstance(statement, str) else statement
        async with self.factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
            return list((await work.session.execute(query)).scalars())

    async def count(self, table_name: str) -> int:
        """Count the rows of a table."""
        (rows,) = await self.values(select(func.count()).select_from(table(table_name)))
        return int(rows)


def start(installation: Installation, database_url: str, valkey_url: str, home: Path) -> Upgraded:
    """Start today's application on a restored database, under the settings and at the time of the record."""
    shutil.copytree(installation.objects, home / "objects")
    kept = {name.lower(): value for name, value in installation.held["settings"].items()}
    settings = Settings(
        capecontrol_env=Environment.TEST,
        capecontrol_home=home,
        database_url=database_url,
        redis_url=valkey_url,
        rate_limits=False,
        **kept,
    )
    clock = MovingClock()
    clock.advance(datetime.fromisoformat(installation.held["at"]) - datetime.now(UTC))
    factory = replace(build_factory(settings), clock=clock)
    ports = build_ports(settings, factory)
    app = create_app(settings, factory=factory, ports=ports)
    return Upgraded(installation, app, factory, ports, clock, Drain(factory, event_registry(), ports))


def missing(recorded: object, found: object, where: str = "") -> list[str]:
    """Return what was in an answer and is not any more.

    An answer may say more than it did: further members of an object, further words in a list of words (permissions).
    A list of entries has the same entries in the same order.
    """
    if isinstance(recorded, dict) and isinstance(found, dict):
        return [
            fault
            for name, value in recorded.items()
            for fault in missing(value, found.get(name, "nothing"), f"{where}/{name}")
        ]
    if isinstance(recorded, list) and isinstance(found, list):
        if not any(isinstance(one, dict | list) for one in recorded):
            return [f"{where}: {one!r} is gone" for one in recorded if one not in found]
        if len(recorded) != len(found):
            return [f"{where}: {len(recorded)} became {len(found)}"]
        return [
            fault
            for index, pair in enumerate(zip(recorded, found, strict=True))
            for fault in missing(*pair, f"{where}/{index}")
        ]
    return [] if recorded == found else [f"{where}: {recorded!r} became {found!r}"]
