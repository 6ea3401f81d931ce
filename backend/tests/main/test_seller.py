"""The business at the start: the settings become its record once, and a process goes on with what others change."""

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from typer.testing import CliRunner

from capecontrol.cli.commands import app as commands
from capecontrol.core.business import Business
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.metrics import REGISTRY
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.business.interface import BusinessFollower
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.main.seller import begin_business
from capecontrol.main.settings import Environment, Settings, SettingsRefused
from tests.cli.test_secrets import environment
from tests.kept_ports import kept
from tests.main.processes import until
from tests.people import SYSTEM, People

HARBOUR = {"seller_name": "Harbour Automation", "seller_address": "1 Dock Road", "seller_currency": "NAD"}


@pytest.fixture(autouse=True)
def business_kept(ports: Ports) -> Iterator[None]:
    with kept(ports, Business):
        yield


def _of(settings: Settings, **changes: Any) -> Settings:
    """The same installation with other settings, as they are after they were found safe."""
    return settings.model_copy(update=changes)


async def _shown(people: People) -> dict[str, Any]:
    return dict((await (await people.operator()).client.get("/api/business")).json())


async def test_of_all_processes_that_start_at_once_one_writes_the_record(
    people: People, factory: UnitOfWorkFactory, settings: Settings
) -> None:
    begun = await asyncio.gather(*(begin_business(factory, _of(settings, **HARBOUR)) for _ in range(5)))

    assert sorted(begun) == [False] * 4 + [True]
    shown = await _shown(people)
    assert (shown["name"], shown["address"], shown["currency"]) == ("Harbour Automation", "1 Dock Road", "NAD")


async def test_settings_say_nothing_any_more_once_there_is_a_record(
    people: People, factory: UnitOfWorkFactory, settings: Settings
) -> None:
    await begin_business(factory, _of(settings, **HARBOUR))
    assert not await begin_business(factory, _of(settings, seller_name="Somebody else"))
    assert (await _shown(people))["name"] == "Harbour Automation"


@pytest.mark.parametrize(
    "changes",
    [
        {"seller_name": "Northstar Automation"},
        {"seller_name": ""},
        {"seller_address": "12 Signal Street\nCape Town 8001"},
        {"seller_address": ""},
    ],
)
async def test_production_does_not_begin_in_the_name_of_the_demonstration_or_of_nobody(
    changes: dict[str, str], people: People, factory: UnitOfWorkFactory, settings: Settings
) -> None:
    production = _of(settings, capecontrol_env=Environment.PRODUCTION, **HARBOUR | changes)
    with pytest.raises(SettingsRefused, match="SELLER_NAME and SELLER_ADDRESS must say who writes the invoices"):
        await begin_business(factory, production)
    assert await begin_business(factory, _of(settings, **HARBOUR))


async def test_production_does_not_go_on_with_the_demonstrations_record(
    people: People, factory: UnitOfWorkFactory, settings: Settings
) -> None:
    await begin_business(factory, settings)
    production = _of(settings, capecontrol_env=Environment.PRODUCTION, **HARBOUR)
    with pytest.raises(SettingsRefused, match="capecontrol business seed --replace"):
        await begin_business(factory, production)


async def test_the_command_writes_the_record_once_and_again_when_told_to(people: People, settings: Settings) -> None:
    async def seed(*options: str, name: str) -> str:
        runner = CliRunner(env={**environment(settings), "SELLER_NAME": name, "SELLER_CURRENCY": "EUR"})
        done = await asyncio.to_thread(runner.invoke, commands, ["business", "seed", *options])
        assert done.exit_code == 0, done.output
        return done.stdout

    assert "The business is now Harbour" in await seed(name="Harbour")
    assert "Nothing to do" in await seed(name="Haven")
    assert (await _shown(people))["name"] == "Harbour"
    await seed("--replace", name="Haven")
    shown = await _shown(people)
    assert (shown["name"], shown["currency"]) == ("Haven", "EUR")
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        told = "select metadata from audit_events where action = 'business.reseeded'"
        assert list((await work.session.execute(text(told))).scalars()) == [
            {"before": {"name": "Harbour"}, "after": {"name": "Haven"}}
        ]
        # Open pages hear of it.
        noted = "select count(*) from changes where topic = 'business'"
        assert (await work.session.execute(text(noted))).scalar_one() == 1


async def test_another_process_goes_on_with_a_change_soon(
    people: People, factory: UnitOfWorkFactory, settings: Settings, ports: Ports
) -> None:
    client = (await people.operator()).client
    await client.patch("/api/business", {"name": "Harbour"})
    other = ports.copy()
    async with BusinessFollower(factory, other).following():
        assert other.get(Business).name == "Harbour"
        await client.patch("/api/business", {"name": "Haven"})
        rate = {"name": "VAT", "rate": "15", "valid_from": "2018-04-01"}
        await client.post("/api/business/tax-rates", rate)

        async def has_learned() -> bool:
            here = other.get(Business)
            return here.name == "Haven" and len(here.tax_rates) == 1

        await until(has_learned, seconds=10)


async def test_a_process_reads_the_record_only_when_it_has_changed(
    people: People, factory: UnitOfWorkFactory, ports: Ports
) -> None:
    await (await people.operator()).client.patch("/api/business", {"name": "Harbour"})
    follower = BusinessFollower(factory, ports)
    await follower.read()
    known = ports.get(Business)
    await follower.read()
    assert ports.get(Business) is known


async def test_another_process_learns_of_each_change_of_a_rate(
    people: People, factory: UnitOfWorkFactory, ports: Ports
) -> None:
    client, other = (await people.operator()).client, ports.copy()
    await client.patch("/api/business", {"name": "Harbour"})
    follower = BusinessFollower(factory, other)

    async def ends() -> list[date | None]:
        await follower.read()
        return [rate.valid_until for rate in other.get(Business).tax_rates]

    assert await ends() == []
    body = {"name": "VAT", "rate": "15", "valid_from": "2999-04-01"}
    path = f"/api/business/tax-rates/{(await client.post('/api/business/tax-rates', body)).json()['id']}"
    assert await ends() == [None]
    await client.patch(path, {"valid_until": "2999-12-31"})
    assert await ends() == [date(2999, 12, 31)]
    await client.delete(path)
    assert await ends() == []


async def test_a_record_that_cannot_be_read_is_logged_once_with_the_reason_and_measured(
    people: People, factory: UnitOfWorkFactory, ports: Ports, postgres: EmbeddedPostgres
) -> None:
    def lag() -> float:
        return REGISTRY.get_sample_value("capecontrol_business_lag_seconds") or 0.0

    client, other = (await people.operator()).client, ports.copy()
    await client.patch("/api/business", {"name": "Harbour", "timezone": "Africa/Windhoek"})
    follower = BusinessFollower(factory, other)
    await follower.look()
    zone = "update business set updated_at = now() + interval '1 second', timezone = :'zone'"

    postgres.run_sql(zone, database="capecontrol", zone="Sea/Atlantis")
    with capture_logs() as logs:
        for _ in range(3):
            await follower.look()
    [line] = logs
    assert (line["event"], line["error"]) == ("business.not_read", "ZoneInfoNotFoundError")
    assert any(place.startswith("features/business/dao.py") for place in line["where"])
    assert lag() > 0
    assert other.get(Business).timezone.key == "Africa/Windhoek"

    postgres.run_sql(zone, database="capecontrol", zone="Africa/Lagos")
    with capture_logs() as logs:
        await follower.look()
    assert [line["event"] for line in logs] == ["business.read_again"]
    assert lag() == 0
    assert other.get(Business).timezone.key == "Africa/Lagos"


async def test_what_a_later_release_keeps_besides_is_passed_over(
    people: People, factory: UnitOfWorkFactory, ports: Ports, postgres: EmbeddedPostgres
) -> None:
    client, other = (await people.operator()).client, ports.copy()
    bank = {"account_name": "Harbour", "bank_name": "Tide", "number": "62-000-1234"}
    await client.patch("/api/business", {"name": "Harbour"})
    answer = await client.put("/api/business/bank-details", {"bank": bank})
    assert answer.status_code == 200, answer.text
    postgres.run_sql(
        """update business set updated_at = now() + interval '1 second', bank = bank || '{"of_a_later_release": 1}',
        front_door = front_door || '{"of_a_later_release": 1}'""",
        database="capecontrol",
    )
    await BusinessFollower(factory, other).read()
    assert other.get(Business).bank == ports.get(Business).bank
    assert (await client.get("/api/business")).status_code == 200
