"""Keys turn while people work: nobody is signed out, no password breaks, and passwords move by themselves."""

import base64
import json

import pytest
from sqlalchemy import text

from capecontrol.core.http.csrf import CsrfTokens
from capecontrol.core.rings.ring import RingName
from tests.client import Client
from tests.core.secret_keys.installation import PLATFORM, Installation
from tests.people import PASSWORD, SYSTEM, People

LOGIN = "/api/auth/login"


def header_of(token: str) -> dict[str, str]:
    """Return the header of an access token."""
    part = token.partition(".")[0]
    found: dict[str, str] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return found


async def user_of(people: People, email: str) -> dict[str, object]:
    async with people.factory.unit(SYSTEM, PLATFORM) as work:
        row = await work.session.execute(text("select * from users where email = :email"), {"email": email})
        return dict(row.mappings().one())


async def sign_in(people: People, email: str, password: str = PASSWORD) -> int:
    answer = await people.stranger().post(LOGIN, {"email": email, "password": password})
    return answer.status_code


async def test_a_session_lives_on_while_the_keys_turn_twice(installation: Installation) -> None:
    one, other = await installation.api(), await installation.api()
    owner = await one.owner()
    before = owner.client
    csrf = await before.csrf()
    for _ in range(2):
        await installation.rotate(*RingName)
        for people in (one, other):
            assert (await Client(people.app, before.token).get("/api/auth/me")).status_code == 200
            page = Client(people.app)
            page.http.cookies.set("csrftoken", csrf)
            assert (await page.post("/api/auth/logout")).status_code == 204, "the pair of before is right"
            assert await sign_in(people, owner.email) == 200
            assert await sign_in(people, owner.email, "Wrong-pass-1") == 401


async def test_what_is_made_names_its_key(installation: Installation) -> None:
    people = await installation.api()
    assert "kid" not in header_of((await people.owner()).client.token or "")
    tokens, csrf = await installation.rotate(RingName.TOKENS, RingName.CSRF)
    later = await people.owner("Second Ltd")
    assert header_of(later.client.token or "")["kid"] == tokens
    assert (await later.client.csrf()).startswith(f"{csrf}.")
    assert (await later.client.get("/api/auth/me")).status_code == 200


async def test_a_key_is_read_before_it_is_used(installation: Installation) -> None:
    people = await installation.api()
    (waiting,) = await installation.make(RingName.TOKENS)
    assert (await installation.usage())[waiting].state == "waiting"
    assert "kid" not in header_of((await people.owner()).client.token or "")


@pytest.mark.parametrize("kid", ["abcdefgh", "", "tokens-legacy", 7, None])
async def test_a_token_of_no_key_is_refused(kid: object, installation: Installation) -> None:
    people = await installation.api()
    owner = await people.owner()
    head, _, rest = (owner.client.token or "").partition(".")
    header = {**header_of(f"{head}."), "kid": kid}
    forged = base64.urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    answer = await Client(people.app, f"{forged}.{rest}").get("/api/auth/me")
    assert answer.status_code == 401


async def test_a_process_that_cannot_open_a_key_says_come_again_and_signs_nobody_out(
    installation: Installation,
) -> None:
    one, other = await installation.api(), await installation.api()
    (tokens,) = await installation.rotate(RingName.TOKENS)
    owner = await one.owner()
    ring = other.factory.rings[RingName.TOKENS]
    ring.replace([], locked=[tokens])
    answer = await Client(other.app, owner.client.token).get("/api/auth/me")
    assert (answer.status_code, answer.json()["type"]) == (503, "unavailable")


async def test_a_token_of_a_leaked_key_is_refused_at_once_and_the_session_renews(installation: Installation) -> None:
    """Also by a process that has seen the token before."""
    people = await installation.api()
    owner, page = await people.owner(), people.stranger()
    signed_in = (await page.post(LOGIN, {"email": owner.email, "password": PASSWORD})).json()
    client = Client(people.app, signed_in["access_token"])
    assert (await client.get("/api/auth/me")).status_code == 200
    await installation.rotate(RingName.TOKENS)
    assert (await installation.retire("tokens-legacy"))[0] == ["tokens-legacy"]
    assert (await client.get("/api/auth/me")).status_code == 401
    renewed = await page.post("/api/auth/refresh", {"refresh_token": signed_in["refresh_token"]})
    client.token = renewed.json()["access_token"]
    assert (await client.get("/api/auth/me")).status_code == 200


async def test_a_password_moves_to_the_newest_pepper_when_its_person_signs_in(installation: Installation) -> None:
    people = await installation.api()
    owner = await people.owner()
    (pepper,) = await installation.rotate(RingName.PEPPER)
    before = await user_of(people, owner.email)
    assert await sign_in(people, owner.email, "Wrong-pass-1") == 401
    assert (await user_of(people, owner.email))["password_hash"] == before["password_hash"]
    assert await sign_in(people, owner.email) == 200
    after = await user_of(people, owner.email)
    assert str(after["password_hash"]).startswith(f"$capecontrol${pepper}$2b$")
    assert after["updated_at"] == before["updated_at"], "to who looks at the person nothing has changed"
    assert await sign_in(people, owner.email) == 200
    assert await sign_in(people, owner.email, "Wrong-pass-1") == 401
    assert (await user_of(people, owner.email))["password_hash"] == after["password_hash"], "it moves once"


async def test_a_password_whose_pepper_is_gone_matches_nothing(installation: Installation) -> None:
    people = await installation.api()
    owner = await people.owner()
    hashed = str((await user_of(people, owner.email))["password_hash"])
    await installation.rows("update users set password_hash = :hash", hash=f"$capecontrol$abcdefgh{hashed}")
    assert await sign_in(people, owner.email) == 401


async def test_a_pair_of_before_is_refused_once_its_key_leaked_and_a_fresh_one_is_not(
    installation: Installation,
) -> None:
    people = await installation.api()
    tokens = CsrfTokens(people.factory.rings[RingName.CSRF])
    old = tokens.issue()
    await installation.rotate(RingName.CSRF)
    assert tokens.is_ours(old)
    retired, _ = await installation.retire("csrf-legacy")
    assert retired == ["csrf-legacy"]
    assert not tokens.is_ours(old)
    assert tokens.is_ours(tokens.issue())
