"""The reference of the API: written once, and counted as all else is."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI

from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.http.reference.reference import Reference
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.security.second_app import second_app

PATHS = ["/api/docs", "/openapi.json"]


def _counting(describe: Callable[[], dict[str, Any]], written: list[str]) -> Callable[[], dict[str, Any]]:
    def describe_once_more() -> dict[str, Any]:
        assert threading.current_thread() is not threading.main_thread(), "other requests would wait for it"
        written.append("once")
        return describe()

    return describe_once_more


@pytest.mark.parametrize("path", PATHS)
async def test_it_is_written_once(path: str, settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> None:
    written = list[str]()
    async with second_app(settings, factory, ports) as app:
        app.state.http.ports.provide(Reference, Reference(_counting(app.openapi, written)))
        answers = await asyncio.gather(*(Client(app).get(path) for _ in range(3)))
    assert [one.status_code for one in answers] == [200] * 3
    assert len({one.content for one in answers}) == 1
    assert written == ["once"]


@pytest.mark.parametrize("path", PATHS)
async def test_who_has_it_is_not_sent_it_again(path: str, app: FastAPI) -> None:
    client = Client(app)
    first = await client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    tag = first.headers["etag"]
    for offered in (tag, f'"another", W/{tag}', "*"):
        again = await client.get(path, headers={"If-None-Match": offered})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = await client.get(path, headers={"If-None-Match": '"another"'})
    assert (other.status_code, other.content) == (200, first.content)


@pytest.mark.parametrize("path", PATHS)
async def test_it_is_counted(path: str, settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> None:
    limited = settings.model_copy(update={"rate_limits": True})
    async with second_app(limited, factory, ports) as app:
        answer = await Client(app).get(path)
    assert answer.headers["ratelimit-policy"].startswith('"strangers"')


async def test_the_page_shows_examples_headers_and_markdown(app: FastAPI) -> None:
    page = (await Client(app).get("/api/docs")).text
    article = page.partition('<article id="create_project">')[2].partition("</article>")[0]
    assert article.count("<pre ") == 2
    assert "&#34;code&#34;: &#34;PRJ-" in article
    assert "<code>ETag</code>" in article
    assert "<code>Idempotency-Key</code>" in article
    assert "Needs a session" in article
    assert "Needs a session" not in page.partition('<article id="login">')[2].partition("</article>")[0]
    assert "Needs an API key" in page.partition('<article id="get_whoami">')[2].partition("</article>")[0]
    assert "`" not in page.replace("```", "")
