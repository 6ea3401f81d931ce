"""The front door: the business's own face, for anybody, without the application's script."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from capecontrol.core.business import Business
from capecontrol.core.ports import Ports
from tests.client import Client
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.people import People


@pytest.fixture(autouse=True)
def business_kept(ports: Ports) -> Iterator[None]:
    with kept(ports, Business):
        yield


MARKUP = "<script>alert(1)</script>\"'&{{ 7*7 }}</style>"


async def edited(people: People, **changes: Any) -> None:
    operator = await people.operator()
    answer = await operator.client.patch("/api/business", json=changes)
    assert answer.status_code == 200, answer.text


async def test_it_carries_the_business_that_is_recorded(people: People, app: FastAPI) -> None:
    await edited(
        people,
        name="Van Dijk Automatisering",
        accent="#7a1f5c",
        currency="EUR",
        number_format="POINT_COMMA",
        front_door={
            "headline": "Minder typen, meer verkopen",
            "introduction": "Wij automatiseren uw kantoor.",
            "offers": [{"title": "Koppelingen", "text": "Uw systemen praten met elkaar."}],
            "contact": "Bel ons gerust.",
            "about": "Sinds 2011.\n\nIn Utrecht.",
        },
    )
    page = (await Client(app).get("/")).text
    for words in (
        "Van Dijk Automatisering", "Minder typen, meer verkopen", "Wij automatiseren uw kantoor.", "Koppelingen",
        "Uw systemen praten met elkaar.", "Bel ons gerust.", "#7a1f5c", "€\u00a092.000,00",
    ):  # fmt: skip
        assert words in page, words
    assert "Northstar" not in page

    about = (await Client(app).get("/about")).text
    assert "<p>Sinds 2011.</p>" in about
    assert "<p>In Utrecht.</p>" in about
    assert "Northstar" not in about


def contact_of(page: str) -> list[str]:
    """Return where the section with the contact leads; nothing where there is no such section."""
    section = re.search(r'aria-labelledby="contact">(.*?)</section>', page, re.S)
    return re.findall(r'href="([^"]*)"', section[1]) if section else []


NOBODY = {"email": None, "phone": None}


@pytest.mark.parametrize(
    ("changes", "leads_to"),
    [
        (
            {"email": "hello@harbour.example", "phone": "+27 21 555 0100", "front_door": {"contact": "Call us."}},
            ["mailto:hello@harbour.example", "tel:+27215550100"],
        ),
        (NOBODY | {"front_door": {"contact": "Tell us what takes up your time."}}, ["/register/step-1"]),
        (NOBODY | {"front_door": {"contact": ""}}, []),
    ],
)
async def test_who_wants_to_talk_has_a_way_to(
    people: People, app: FastAPI, changes: dict[str, Any], leads_to: list[str]
) -> None:
    await edited(people, **changes)
    page = (await Client(app).get("/")).text
    assert contact_of(page) == leads_to
    assert ("Talk to us" in page) == bool(leads_to)


def emphasized(page: str) -> list[str]:
    """Return where the filled buttons of a page lead; pictures of buttons lead nowhere."""
    return re.findall(r'<a class="button(?: large)?" href="([^"]*)"', page)


@pytest.mark.parametrize(
    "changes", [{"email": "hello@harbour.example"}, NOBODY | {"front_door": {"contact": "Call us."}}]
)
async def test_one_button_at_most_is_emphasized(people: People, app: FastAPI, changes: dict[str, Any]) -> None:
    await edited(people, **changes)
    assert emphasized((await Client(app).get("/")).text) == ["/login"]
    assert emphasized((await Client(app).get("/about")).text) == []


async def test_about_has_the_companys_details(people: People, app: FastAPI) -> None:
    await edited(
        people,
        registration_number="2018/123456/07",
        tax_number="4990123456",
        tax_name="GST",
        email="hello@harbour.example",
        phone="+27 21 555 0100",
    )
    about = (await Client(app).get("/about")).text
    for detail in (
        "<dt>Registration number</dt><dd>2018/123456/07</dd>",
        "<dt>GST number</dt><dd>4990123456</dd>",
        '<a href="mailto:hello@harbour.example">hello@harbour.example</a>',
        '<a href="tel:+27215550100">+27 21 555 0100</a>',
    ):
        assert detail in about


@pytest.mark.parametrize("path", ["/", "/about"])
async def test_without_a_logo_it_has_the_products_icon(path: str, app: FastAPI) -> None:
    """Else each browser asks for /favicon.ico, which is not there."""
    page = (await Client(app).get(path)).text
    assert page.count('rel="icon"') == 1
    assert '<link rel="icon" type="image/svg+xml" href="/favicon.svg">' in page


async def test_it_runs_no_script_and_needs_no_session(app: FastAPI) -> None:
    for path in ("/", "/about"):
        answer = await Client(app).get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "<script" not in answer.text
        policy = answer.headers["content-security-policy"]
        assert "script-src" not in policy
        assert policy.startswith("default-src 'none'")


async def test_the_policy_allows_the_style_that_stands_in_the_page(app: FastAPI) -> None:
    answer = await Client(app).get("/")
    [style] = re.findall(r"<style>(.*?)</style>", answer.text, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/about"])
async def test_markup_in_every_text_is_text(people: People, app: FastAPI, path: str) -> None:
    await edited(
        people,
        name=MARKUP,
        legal_name=MARKUP,
        address=MARKUP,
        registration_number=MARKUP[:40],
        tax_number=MARKUP[:40],
        front_door={
            "headline": MARKUP,
            "introduction": MARKUP,
            "offers": [{"title": MARKUP, "text": MARKUP}],
            "contact": MARKUP,
            "about": MARKUP,
        },
    )
    page = (await Client(app).get(path)).text
    assert "<script" not in page
    assert "{{ 7*7 }}" in page
    assert page.count("</style>") == 1


@pytest.mark.parametrize("path", ["/", "/about", "/docs", "/docs/search.json"])
async def test_what_is_longer_than_a_packet_is_sent_compressed_to_who_takes_it(path: str, app: FastAPI) -> None:
    plain, zipped = [
        await Client(app).get(path, headers={"Accept-Encoding": accepted}) for accepted in ("identity", "br, gzip")
    ]
    assert "content-encoding" not in plain.headers
    assert (zipped.headers["content-encoding"], zipped.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert zipped.content == plain.content
    assert int(zipped.headers["content-length"]) < len(plain.content) / 2
    assert zipped.headers["etag"] != plain.headers["etag"]
    known = {"Accept-Encoding": "gzip", "If-None-Match": zipped.headers["etag"]}
    assert (await Client(app).get(path, headers=known)).status_code == 304


async def test_who_has_it_is_not_sent_it_again_until_the_business_changes(people: People, app: FastAPI) -> None:
    first = await Client(app).get("/")
    known = {"If-None-Match": first.headers["etag"]}
    assert (await Client(app).get("/", headers=known)).status_code == 304

    await edited(people, front_door={"headline": "Something new"})

    again = await Client(app).get("/", headers=known)
    assert again.status_code == 200
    assert "Something new" in again.text


async def test_whoever_finds_a_weakness_reads_whom_to_tell(people: People, app: FastAPI, clock: MovingClock) -> None:
    await edited(people, email="security@harbour.example")
    answer = await Client(app).get("/.well-known/security.txt")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert lines["Contact"] == "mailto:security@harbour.example"
    assert lines["Canonical"] == "http://localhost:8000/.well-known/security.txt"
    # RFC 9116, 2.5.5: less than a year ahead, so that nobody trusts what was forgotten.
    ahead = datetime.fromisoformat(lines["Expires"]) - clock.now()
    assert timedelta(days=30) < ahead < timedelta(days=365)
    assert not re.search(r"^[^:]+:\S", answer.text, re.MULTILINE)


async def test_without_an_address_the_page_with_the_contact_details_is_named(app: FastAPI, ports: Ports) -> None:
    ports.provide(Business, replace(ports.get(Business), email=None))
    answer = await Client(app).get("/.well-known/security.txt")
    assert answer.text.startswith("Contact: http://localhost:8000/about\n")
