"""Nobody registers a name that looks like another organization's."""

import pytest
from httpx import Response

from tests.people import People

UNSEEN = "A name can't contain invisible characters."
MIXED = "A word can't mix letters of different alphabets."


async def register(people: People, name: str) -> Response:
    body = {"email": "founder@people.test", "password": "Lighthouse-7", "organization_name": name}
    return await people.stranger().post("/api/auth/register", body)


@pytest.mark.parametrize(
    "name",
    [
        "demo ltd",
        " Demo  Ltd ",
        "Demo\u00a0Ltd",
        "Demo\u2003Ltd",
        "Ｄｅｍｏ Ltd",
        "Demo Ⅼtd",
    ],
)
async def test_another_spelling_of_a_name_is_taken(name: str, people: People) -> None:
    await people.organization("Demo Ltd")
    refused = await register(people, name)
    assert (refused.status_code, refused.json()["type"]) == (409, "organizations/name-taken")


@pytest.mark.parametrize("name", ["Сосо", "СОСО", "сосо"])
async def test_a_word_of_another_alphabet_that_reads_the_same_is_taken(name: str, people: People) -> None:
    await people.organization("Coco")
    assert (await register(people, name)).status_code == 409


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Dеmo Ltd", MIXED),
        ("Demο Ltd", MIXED),
        ("Demo\u200b Ltd", UNSEEN),
        ("De\u200dmo Ltd", UNSEEN),
        ("De\u00admo Ltd", UNSEEN),
        ("\ufeffDemo Ltd", UNSEEN),
        ("Demo\ufe0f Ltd", UNSEEN),
        ("Demo\u3164Ltd", UNSEEN),
        ("Demo Ltd\u202e", "Invisible characters that change the direction of text aren't allowed."),
    ],
)
async def test_a_name_that_hides_something_is_refused(name: str, sentence: str, people: People) -> None:
    await people.organization("Demo Ltd")
    refused = await register(people, name)
    assert refused.status_code == 422
    assert refused.json()["errors"] == [{"pointer": "/organization_name", "detail": sentence}]


@pytest.mark.parametrize(
    "name",
    [
        "Müller & Söhne",
        "Ødegård ΑΒΓ",
        "Московские окна",
        "株式会社サンプル",
        "QANTAS航空",
        "Ngũgĩ wa Thiong’o",
        "شركة المثال",
    ],
)
async def test_names_of_the_world_are_taken_as_they_are(name: str, people: People) -> None:
    assert (await register(people, name)).status_code == 201
    owner = await people.operator()
    assert [one["name"] for one in (await owner.client.get("/api/orgs")).json()["items"]] == [name]
