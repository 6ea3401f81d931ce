"""Register, verify, sign in, onboard: over HTTP."""

from tests.outbox_drain import Drain
from tests.people import People


async def test_me_tells_a_signed_in_owner_who_they_are(people: People) -> None:
    owner = await people.owner()

    answer = await owner.client.get("/api/auth/me")

    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["email"] == owner.email
    assert body["organization"]["domain"] == "harbour-logistics"
    assert body["onboarding"]["completed"] is True


async def test_a_stranger_is_asked_to_sign_in(people: People) -> None:
    answer = await people.stranger().get("/api/auth/me")

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "auth/unauthenticated"


async def test_registering_mails_a_link(people: People, drain: Drain) -> None:
    stranger = people.stranger()

    answer = await stranger.post(
        "/api/auth/register",
        {"email": "Thandi@Harbour.example", "password": "Lighthouse-7", "organization_name": "Harbour"},
    )

    assert answer.status_code == 201, answer.text
