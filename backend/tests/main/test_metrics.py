"""Metrics: each process on a port of its own, to whoever shows the token; alerts and dashboards name what exists."""

import asyncio
import http.client
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.metrics import OUTBOX_LAST_LOOK, REGISTRY, SCHEDULE_LAST_TICK
from capecontrol.core.outbox.schedule import Schedule
from capecontrol.core.problems import Problem
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.local.postgres import APP_DATABASE, EmbeddedPostgres
from capecontrol.main.features import event_registry
from capecontrol.main.metrics import CONNECTIONS_MAX, serving_metrics
from capecontrol.main.outbox_gauges import OutboxGauges
from capecontrol.main.settings import Settings
from capecontrol.main.system import BrokerQueues
from tests.features.system.builders import place_dead_letter
from tests.outbox_drain import Drain
from tests.people import People

DEPLOY = Path(__file__).parents[3] / "deploy"
RULES = yaml.safe_load((DEPLOY / "prometheus" / "rules.yaml").read_text())
REFERENCE = (DEPLOY.parent / "docs" / "reference" / "metrics.md").read_text()
DASHBOARD = json.loads((DEPLOY / "grafana" / "capecontrol.json").read_text())
#: What Prometheus itself says of a name; the rest of an expression are words of its language, labels and their values.
NAME = re.compile(r"\b(?:capecontrol|process)_[a-z_]+\b(?!-)")
FAILING = """
insert into outbox (id, topic, consumer, lane, payload, created_at, available_at, attempts, last_error)
values (
  gen_random_uuid(), 'tests.placed.v1', 'tests.mail', 'mail', '{}', now() - interval '1 hour',
  now() + interval '1 hour', 7, 'MailUnavailable'
)
"""
SLUG = re.compile(r'problem=~?"([^"]+)"')


def expressions() -> list[str]:
    """What alerts and dashboard ask."""
    asked = [rule["expr"] for group in RULES["groups"] for rule in group["rules"]]
    return asked + [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]


def fetch(port: int, path: str = "/metrics", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def measured(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def with_port(settings: Settings, **values: Any) -> Settings:
    return settings.model_copy(update={"metrics_port": 0, **values})


def test_nothing_is_served_unless_it_is_asked_for(settings: Settings, factory: UnitOfWorkFactory) -> None:
    with serving_metrics(settings, factory.database) as port:
        assert port is None


async def test_serves_what_prometheus_reads(settings: Settings, factory: UnitOfWorkFactory) -> None:
    with serving_metrics(with_port(settings), factory.database) as port:
        assert port is not None
        status, body = await asyncio.to_thread(fetch, port)
        assert status == 200
        families = {family.name: family for family in text_string_to_metric_families(body)}
        assert families["capecontrol_database_connections_max"].samples[0].value == factory.database.connections_max
        assert families["process_resident_memory_bytes"].samples[0].value > 1_000_000
        assert (await asyncio.to_thread(fetch, port, "/"))[0] == 404


async def test_connections_that_say_nothing_are_bounded(settings: Settings, factory: UnitOfWorkFactory) -> None:
    """Each has a thread."""
    with serving_metrics(with_port(settings), factory.database) as port:
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS_MAX)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        async with asyncio.timeout(2):
            assert await reader.read(1) == b""
        for _, one in [*held, (reader, writer)]:
            one.close()


async def test_a_token_that_is_set_must_be_shown(settings: Settings, factory: UnitOfWorkFactory) -> None:
    with serving_metrics(with_port(settings, metrics_token=SecretStr("of-the-tests")), factory.database) as port:
        assert port is not None
        for shown in ({}, {"Authorization": "Bearer another"}, {"Authorization": "of-the-tests"}):
            status, body = await asyncio.to_thread(fetch, port, **shown)
            assert (status, "capecontrol_" in body) == (401, False)
        assert (await asyncio.to_thread(fetch, port, Authorization="Bearer of-the-tests"))[0] == 200


def test_processes_of_one_host_take_one_port_each(settings: Settings, factory: UnitOfWorkFactory) -> None:
    with serving_metrics(with_port(settings), factory.database) as first:
        assert first is not None
        with serving_metrics(with_port(settings, metrics_port=first), factory.database) as second:
            assert second is not None
            assert first < second < first + 16


def test_a_process_without_a_free_port_works_nevertheless(
    settings: Settings, factory: UnitOfWorkFactory, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        serving_metrics(with_port(settings, metrics_port=65_535), factory.database) as last,
        serving_metrics(with_port(settings, metrics_port=65_535), factory.database) as none,
    ):
        assert (last, none) == (65_535, None)
    assert "metrics.no_port_free" in caplog.text


async def test_the_public_port_shows_none(people: People) -> None:
    answer = await people.stranger().get("/metrics")
    assert "capecontrol_http" not in answer.text


async def test_requests_are_counted_by_the_template_of_their_route(people: People) -> None:
    operator = await people.operator()
    name = "capecontrol_http_request_duration_seconds_count"
    labels = {"method": "GET", "route": "/api/projects/{project_id}", "status": "4xx"}
    before = measured(name, **labels)
    for identifier in ("0199f3a0-0000-7000-8000-000000000001", "0199f3a0-0000-7000-8000-000000000002"):
        assert (await operator.client.get(f"/api/projects/{identifier}")).status_code == 404
    assert measured(name, **labels) == before + 2
    unknown = {"method": "other", "route": "/api/health", "status": "4xx"}
    before = measured(name, **unknown)
    assert (await people.stranger().request("BREW", "/api/health")).status_code == 405
    assert measured(name, **unknown) == before + 1


async def test_failed_sign_ins_are_counted(people: People) -> None:
    before = measured("capecontrol_http_refusals_total", problem="auth/invalid-credentials")
    body = {"email": "nobody@people.test", "password": "Wrong-horse-9"}
    assert (await people.stranger().post("/api/auth/login", body)).status_code == 401
    assert measured("capecontrol_http_refusals_total", problem="auth/invalid-credentials") == before + 1


async def test_the_outbox_is_measured(
    settings: Settings, factory: UnitOfWorkFactory, people: People, drain: Drain
) -> None:
    del people
    registry = event_registry()
    gauges = OutboxGauges(factory, registry, BrokerQueues(settings.redis_url.get_secret_value()))
    await place_dead_letter(factory)
    slots = measured("capecontrol_schedule_slots_total", job="core.forget_old_slots")
    await Schedule(factory, registry).tick()
    assert measured("capecontrol_schedule_slots_total", job="core.forget_old_slots") == slots + 1
    async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
        await work.session.execute(text("update outbox set available_at = now() - interval '90 seconds'"))
    await gauges.look()
    assert measured("capecontrol_outbox_dead_letters") == 1
    assert measured("capecontrol_outbox_due", lane="jobs") >= 3
    assert 90 <= measured("capecontrol_outbox_lag_seconds", lane="jobs") < 120
    assert measured("capecontrol_outbox_lag_seconds", lane="mail") == 0
    assert REGISTRY.get_sample_value("capecontrol_queue_depth", {"lane": "money"}) == 0
    assert REGISTRY.get_sample_value("capecontrol_schedule_job_late", {"job": "core.forget_old_slots"}) == 0

    delivered = measured("capecontrol_delivery_duration_seconds_count", lane="jobs", outcome="delivered")
    assert await drain() >= 3
    assert measured("capecontrol_delivery_duration_seconds_count", lane="jobs", outcome="delivered") >= delivered + 3
    await gauges.look()
    assert measured("capecontrol_outbox_due", lane="jobs") == 0


async def test_a_look_that_fails_ages(
    settings: Settings, factory: UnitOfWorkFactory, postgres: EmbeddedPostgres, clean: None
) -> None:
    """What a scheduler told last stays as it was told: only its age shows that nobody looks any more."""
    registry = event_registry()
    gauges = OutboxGauges(factory, registry, BrokerQueues(settings.redis_url.get_secret_value()))
    schedule = Schedule(factory, registry)
    last_look, last_tick = (
        f"capecontrol_{name}_timestamp_seconds" for name in ("outbox_last_look", "schedule_last_tick")
    )
    for gauge in (OUTBOX_LAST_LOOK, SCHEDULE_LAST_TICK):
        gauge.set(1)
    postgres.run_sql("alter table schedule_slots rename to away", database=APP_DATABASE)
    try:
        for step in (gauges.look, schedule.tick):
            with pytest.raises(DBAPIError):
                await step()
    finally:
        postgres.run_sql("alter table away rename to schedule_slots", database=APP_DATABASE)
    assert (measured(last_look), measured(last_tick)) == (1, 1)
    await gauges.look()
    await schedule.tick()
    assert min(measured(last_look), measured(last_tick)) > time.time() - 60


async def test_what_fails_is_measured(settings: Settings, factory: UnitOfWorkFactory, clean: None) -> None:
    gauges = OutboxGauges(factory, event_registry(), BrokerQueues(settings.redis_url.get_secret_value()))
    async with factory.unit(Actor.system("tests"), PlatformScope("tests")) as work:
        await work.session.execute(text(FAILING))
    await gauges.look()
    assert measured("capecontrol_outbox_failing", lane="mail") == 1
    assert 3600 <= measured("capecontrol_outbox_failing_seconds", lane="mail") < 3700
    assert measured("capecontrol_outbox_failing", lane="money") == 0


@pytest.mark.parametrize("expression", expressions())
def test_alerts_and_dashboard_name_what_is_counted(expression: str) -> None:
    ends = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
    known = {f"{family.name}{end}" for family in REGISTRY.collect() for end in ends[family.type]}
    asked = set(NAME.findall(expression))
    assert asked
    assert asked - known == set()


def test_alerts_and_dashboard_name_problems_that_there_are() -> None:
    def slugs(kind: type[Problem]) -> set[str]:
        return {kind.slug}.union(*(slugs(one) for one in kind.__subclasses__()))

    named = {slug for asked in expressions() for group in SLUG.findall(asked) for slug in group.split("|")}
    assert named
    assert named - slugs(Problem) == set()


@pytest.mark.parametrize("alert", [rule["alert"] for group in RULES["groups"] for rule in group["rules"]])
def test_whoever_is_woken_finds_what_to_do(alert: str) -> None:
    assert re.search(rf"^\|[^|]*`{alert}`", REFERENCE, re.MULTILINE), (
        f"metrics.md does not say what to do about {alert}"
    )
