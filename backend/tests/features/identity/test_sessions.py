"""Sessions: signing in, the lockout, renewing among many tabs, copied tokens, signing out."""

import asyncio
from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.hashing_queue import PLACES_PER_SOURCE
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.peppers import Peppers
from capecontrol.core.permissions import Role
from capecontrol.core.problems import TooManyRequests
from capecontrol.core.rings.ring import RingName, SecretRing
from tests.client import Client
from tests.features.audit.log import search
from tests.moving_clock import MovingClock
from tests.people import PASSWORD, SYSTEM, People


async def _sign_in(client: Client, email: str, password: str = PASSWORD) -> Response:
    return await client.post("/api/auth/login", {"email": email, "password": password})


async def _renew(people: People, token: str) -> Response:
    return await people.stranger().post("/api/auth/refresh", {"refresh_token": token})


async def _sql(people: People, statement: str, **values: object) -> None:
    async with people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        await work.session.execute(text(statement), values)


async def test_unknown_and_known_addresses_are_refused_alike(people: People) -> None:
    owner, stranger = await people.owner(), people.stranger()
    known = await _sign_in(stranger, owner.email, "Wrong-pass-1")
    unknown = await _sign_in(stranger, "nobody@people.test", "Wrong-pass-1")
    assert (known.status_code, unknown.status_code) == (401, 401)
    assert {**known.json(), "instance": ""} == {**unknown.json(), "instance": ""}
    assert {*known.headers} == {*unknown.headers}


@pytest.mark.parametrize("is_known", [True, False])
async def test_the_sixth_try_is_locked_out_and_a_quarter_of_an_hour_opens(
    is_known: bool, people: People, clock: MovingClock
) -> None:
    owner, stranger = await people.owner(), people.stranger()
    email = owner.email if is_known else "nobody@people.test"
    statuses = [(await _sign_in(stranger, email, "Wrong-pass-1")).status_code for _ in range(5)]
    locked = await _sign_in(stranger, email)

    assert statuses == [401] * 5
    assert (locked.status_code, locked.json()["type"]) == (429, "auth/locked")
    assert locked.json()["detail"] == "Too many failed attempts. Try again in 15 minutes."
    assert 800 <= int(locked.headers["retry-after"]) <= 900
    clock.advance(timedelta(minutes=14, seconds=50))
    assert (await _sign_in(stranger, email)).status_code == 429
    clock.advance(timedelta(seconds=15))
    assert (await _sign_in(stranger, email)).status_code == (200 if is_known else 401)


async def test_guesses_sent_at_once_share_the_five_that_an_address_has(people: People) -> None:
    owner, stranger = await people.owner(), people.stranger()
    await stranger.csrf()
    answers = await asyncio.gather(*(_sign_in(stranger, owner.email, f"Wrong-pass-{n}") for n in range(30)))

    statuses = [answer.status_code for answer in answers]
    assert set(statuses) == {401, 429}
    assert statuses.count(401) <= 5


async def test_a_success_forgets_earlier_failures(people: People) -> None:
    owner, stranger = await people.owner(), people.stranger()
    for _ in range(4):
        await _sign_in(stranger, owner.email, "Wrong-pass-1")
    assert (await _sign_in(stranger, owner.email)).status_code == 200
    for _ in range(4):
        assert (await _sign_in(stranger, owner.email, "Wrong-pass-1")).status_code == 401
    assert (await _sign_in(stranger, owner.email)).status_code == 200


async def test_one_address_locked_leaves_others_open(people: People) -> None:
    owner, other, stranger = await people.owner(), await people.operator(), people.stranger()
    for _ in range(6):
        await _sign_in(stranger, owner.email, "Wrong-pass-1")
    assert (await _sign_in(stranger, other.email)).status_code == 200


@pytest.mark.parametrize(
    ("statement", "slug", "reason"),
    [
        (
            "update users set status = 'DISABLED' where id = :id",
            "auth/user-disabled",
            "Your account is disabled. ",
        ),
        (
            "update organizations set status = 'SUSPENDED'",
            "auth/organization-suspended",
            "Your organization is suspended. ",
        ),
    ],
)
async def test_why_somebody_may_not_in_is_told_after_the_right_password(
    statement: str, slug: str, reason: str, people: People
) -> None:
    owner, stranger = await people.owner(), people.stranger()
    token = (await _sign_in(stranger, owner.email)).json()["refresh_token"]
    await _sql(people, statement, id=owner.id)

    wrong, right = await _sign_in(stranger, owner.email, "Wrong-pass-1"), await _sign_in(stranger, owner.email)

    assert (wrong.status_code, wrong.json()["type"]) == (401, "auth/invalid-credentials")
    assert (right.status_code, right.json()["type"]) == (403, slug)
    assert right.json()["detail"].startswith(reason)
    # What was signed in before is out at once, by token and by renewal.
    assert (await owner.client.get("/api/auth/me")).status_code == 401
    assert (await _renew(people, token)).status_code == 401


async def test_thirty_tabs_get_one_successor(people: People) -> None:
    owner = await people.owner()
    token = (await _sign_in(people.stranger(), owner.email)).json()["refresh_token"]
    for _ in range(3):
        answers = await asyncio.gather(*(_renew(people, token) for _ in range(30)))
        assert {one.status_code for one in answers} == {200}
        [token] = {one.json()["refresh_token"] for one in answers}


async def test_a_lost_answer_is_asked_for_again(people: People) -> None:
    owner = await people.owner()
    token = (await _sign_in(people.stranger(), owner.email)).json()["refresh_token"]
    lost, again = await _renew(people, token), await _renew(people, token)
    assert lost.json()["refresh_token"] == again.json()["refresh_token"]
    assert (await _renew(people, again.json()["refresh_token"])).status_code == 200


async def _is_dead(people: People, answer: Response, *tokens: str) -> None:
    """The session of a copied token has ended: for its thief and for its owner."""
    assert answer.status_code == 401
    for token in tokens:
        assert (await _renew(people, token)).status_code == 401


async def test_a_used_token_ends_the_session_after_the_grace(people: People, clock: MovingClock) -> None:
    owner = await people.owner()
    first = (await _sign_in(people.stranger(), owner.email)).json()
    second = (await _renew(people, first["refresh_token"])).json()
    clock.advance(timedelta(seconds=11))
    await _is_dead(people, await _renew(people, first["refresh_token"]), second["refresh_token"])
    assert (await Client(people.app, second["access_token"]).get("/api/auth/me")).status_code == 401
    # Another session of the same person goes on.
    assert (await owner.client.get("/api/auth/me")).status_code == 200
    query = {"action": "session.token_reused"}
    [told] = (await (await people.operator()).client.get("/api/audit", params=query)).json()["items"]
    assert (told["actor_id"], told["outcome"]) == (str(owner.id), "DENIED")


async def test_a_token_two_generations_old_ends_the_session_within_the_grace(people: People) -> None:
    owner = await people.owner()
    first = (await _sign_in(people.stranger(), owner.email)).json()["refresh_token"]
    second = (await _renew(people, first)).json()["refresh_token"]
    third = (await _renew(people, second)).json()["refresh_token"]
    await _is_dead(people, await _renew(people, first), second, third)


@pytest.mark.parametrize("token", ["", "x", "a" * 512, "\u00e9", "../../etc"])
async def test_a_made_up_refresh_token_is_refused(token: str, people: People) -> None:
    assert (await _renew(people, token)).status_code in (401, 422)


async def test_cookies_are_what_the_spec_says(people: People) -> None:
    owner = await people.owner()
    for remember, age in ((False, 24 * 3600), (True, 30 * 24 * 3600)):
        answer = await people.stranger().post(
            "/api/auth/login", {"email": owner.email, "password": PASSWORD, "remember_me": remember}
        )
        cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("refresh_token="))
        assert "HttpOnly" in cookie
        assert "Path=/api/auth" in cookie
        assert "samesite=lax" in cookie.lower()
        assert f"Max-Age={age}" in cookie


async def test_signing_out_ends_this_session_and_no_other(people: People) -> None:
    owner, here, there = await people.owner(), people.stranger(), people.stranger()
    one, other = (await _sign_in(here, owner.email)).json(), (await _sign_in(there, owner.email)).json()
    answer = await Client(people.app, one["access_token"]).post("/api/auth/logout")
    assert (answer.status_code, answer.json()) == (200, {"message": "Logged out"})
    assert (await _renew(people, one["refresh_token"])).status_code == 401
    assert (await Client(people.app, one["access_token"]).get("/api/auth/me")).status_code == 401
    assert (await _renew(people, other["refresh_token"])).status_code == 200


async def test_signing_out_everywhere_ends_all(people: People) -> None:
    owner, there = await people.owner(), people.stranger()
    other = (await _sign_in(there, owner.email)).json()
    assert (await owner.client.post("/api/auth/logout", {"all_devices": True})).status_code == 200
    assert (await owner.client.get("/api/auth/me")).status_code == 401
    assert (await _renew(people, other["refresh_token"])).status_code == 401
    assert (await Client(people.app, other["access_token"]).get("/api/auth/me")).status_code == 401


async def test_signing_out_by_cookie_alone_ends_its_session(people: People) -> None:
    owner, browser = await people.owner(), people.stranger()
    token = (await _sign_in(browser, owner.email)).json()["refresh_token"]
    assert (await browser.post("/api/auth/logout")).status_code == 204
    assert (await _renew(people, token)).status_code == 401
    [ended] = await search(await people.operator(), action="session.ended")
    assert (ended["actor_id"], ended["actor_type"], ended["org_id"]) == (str(owner.id), "USER", str(owner.org_id))


async def test_signing_out_by_token_and_cookie_is_recorded_once(people: People) -> None:
    owner, operator = await people.owner(), await people.operator()
    signed_in = (await _sign_in(people.stranger(), owner.email)).json()
    browser = Client(people.app, signed_in["access_token"])
    cookies = await _cookies(browser, signed_in["refresh_token"])
    assert (await browser.post("/api/auth/logout", headers={"Cookie": cookies})).status_code == 200
    [ended] = await search(operator, action="session.ended")
    assert ended["actor_id"] == str(owner.id)


async def test_signing_out_leaves_who_signed_in_meanwhile_with_the_same_browser(people: People) -> None:
    owner, other = await people.owner(), await people.operator()
    token = (await _sign_in(people.stranger(), other.email)).json()["refresh_token"]
    answer = await owner.client.post("/api/auth/logout", headers={"Cookie": await _cookies(owner.client, token)})
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert (await owner.client.get("/api/auth/me")).status_code == 401
    assert (await _renew(people, token)).status_code == 200


async def test_signing_out_by_a_cookie_that_nobody_knows_ends_nothing(people: People) -> None:
    owner, operator, browser = await people.owner(), await people.operator(), people.stranger()
    known = (await _sign_in(people.stranger(), owner.email)).json()["refresh_token"]
    for token, count in (("x" * len(known), 0), (known, 1)):
        answer = await browser.post("/api/auth/logout", headers={"Cookie": await _cookies(browser, token)})
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["set-cookie"].startswith('refresh_token="";')
        assert len(await search(operator, action="session.ended")) == count
    assert (await owner.client.get("/api/auth/me")).status_code == 200


async def _cookies(browser: Client, refresh_token: str) -> str:
    return f"csrftoken={await browser.csrf()}; refresh_token={refresh_token}"


async def test_a_storm_of_sign_ins_is_shed_and_disturbs_nobody() -> None:
    hasher = PasswordHasher(Peppers(SecretRing(RingName.PEPPER, b"pepper")), rounds=8)
    answers = await asyncio.gather(
        *(hasher.matches("x", None) for _ in range(PLACES_PER_SOURCE + 10)), return_exceptions=True
    )
    refused = [one for one in answers if isinstance(one, TooManyRequests)]
    assert len(refused) == 10
    assert int(refused[0].headers["Retry-After"]) >= 1
    assert [one for one in answers if not isinstance(one, TooManyRequests)] == [False] * PLACES_PER_SOURCE
    hasher.close()


@pytest.mark.parametrize("password", ["a" * 73, "\U0001f511" * 64, "a" * 1024, "nul\x00inside", ""])
async def test_any_password_can_be_hashed(password: str) -> None:
    hasher = PasswordHasher(Peppers(SecretRing(RingName.PEPPER, b"pepper")), rounds=4)
    hashed = await hasher.hash(password)
    assert await hasher.matches(password, hashed)
    assert not await hasher.matches(password + "x", hashed)
    hasher.close()


async def test_a_session_ends_after_thirty_days_however_often_it_was_renewed(
    people: People, clock: MovingClock
) -> None:
    owner, began = await people.owner(), clock.now()
    clock.stop(began)
    tokens = (await _sign_in(people.stranger(), owner.email)).json()
    for day in (10, 20):
        clock.stop(began + timedelta(days=day))
        tokens = (await _renew(people, tokens["refresh_token"])).json()
    clock.stop(began + timedelta(days=30) - timedelta(microseconds=1))
    last = await _renew(people, tokens["refresh_token"])
    assert last.status_code == 200, last.text
    # The access token that it brought has a day of its own to live; the session has not.
    reader = Client(people.app, last.json()["access_token"])
    assert (await reader.get("/api/auth/me")).status_code == 200

    clock.stop(began + timedelta(days=30))

    assert (await reader.get("/api/auth/me")).status_code == 401
    assert (await _renew(people, last.json()["refresh_token"])).status_code == 401


async def test_a_changed_role_ends_old_tokens(people: People) -> None:
    person = await people.person(Role.ADMINISTRATOR, await people.organization())
    await _sql(people, "update users set role = 'USER' where id = :id", id=person.id)
    assert (await person.client.get("/api/auth/me")).status_code == 401
