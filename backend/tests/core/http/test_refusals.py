"""No library's sentence reaches a person: each mistake that a body can hold is told in words of ours."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core.core_schema import ErrorType

from capecontrol.core.http.body import Email, Line, ProperName
from capecontrol.core.http.refusals import OTHERWISE, refusal_of
from tests.people import People


class Colour(StrEnum):
    RED = "RED"
    BLUE = "BLUE"


class Everything(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=2, max_length=4)] = "text"
    count: Annotated[int, Field(ge=1, le=1000)] = 1
    above: Annotated[int, Field(gt=0)] = 1
    price: Annotated[Decimal, Field(max_digits=4, decimal_places=2)] = Decimal(1)
    colour: Colour = Colour.RED
    word: Literal["yes", "no"] = "yes"
    day: date = date(2026, 1, 1)
    at: datetime | None = None
    id: UUID | None = None
    is_on: bool = True
    items: Annotated[list[int], Field(max_length=1)] = []
    more: dict[str, int] = {}
    email: Email | None = None
    line: Line | None = None
    name: ProperName | None = None
    needed: int


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ("text", "a", "Enter at least 2 characters."),
        ("text", "abcde", "Enter at most 4 characters."),
        ("text", 5, "Enter text."),
        ("count", "many", "Enter a whole number."),
        ("count", 0, "Enter 1 or more."),
        ("count", 1001, "Enter 1,000 or less."),
        ("above", 0, "Enter a number above 0."),
        ("price", "1.234", "Use at most 2 decimal places."),
        ("price", "a lot", "Enter a number."),
        ("colour", "GREEN", "Choose one of RED or BLUE."),
        ("word", "maybe", "Choose one of yes or no."),
        ("day", "tomorrow", "Enter a date such as 2026-11-21."),
        ("id", "me", "Enter a valid ID."),
        ("is_on", "perhaps", "Send true or false."),
        ("items", [1, 2], "Enter at most 1 item."),
        ("items", "none", "Send a list."),
        ("more", "none", "Send an object."),
        ("email", "nobody", "Enter a valid e-mail address, such as name@example.com."),
        ("email", "=?utf-8?q?a=0d=0ab?=@example.com", "Enter a valid e-mail address, such as name@example.com."),
        ("line", "a\nb", "Line breaks and control characters aren't allowed."),
        ("line", "evil\u202egpj.exe", "Invisible characters that change the direction of text aren't allowed."),
        ("line", "a\u2066b", "Invisible characters that change the direction of text aren't allowed."),
        ("name", "Claim it at HTTPS://evil.example", "A name can't contain a web address."),
        ("name", "WWW.evil.example", "A name can't contain a web address."),
        ("needed", None, "Enter a whole number."),
        ("strange", 1, "This field isn't supported here."),
    ],
)
def test_a_mistake_is_told_in_a_sentence(member: str, value: object, sentence: str) -> None:
    assert said_of({"needed": 1, member: value}) == [sentence]


def test_what_is_missing_is_told() -> None:
    assert said_of({}) == ["This field is required."]


@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_every_mistake_that_the_library_knows_has_words_of_ours(kind: str) -> None:
    context = {
        "min_length": 1, "max_length": 2, "max_digits": 3, "decimal_places": 4, "whole_digits": 5,
        "gt": 1, "ge": 2, "lt": 3, "le": 4, "multiple_of": 5, "expected": "'A' or 'B'", "error": "a reason of ours",
    }  # fmt: skip
    sentence = refusal_of(kind, context, "Input should be something else")
    assert sentence.endswith(".")
    assert "Input" not in sentence


def test_a_mistake_of_a_newer_library_is_told_plainly() -> None:
    assert refusal_of("no_such_kind", {}, "Input should be a teapot") == OTHERWISE


async def test_an_answer_has_words_of_ours(people: People) -> None:
    operator = await people.operator()

    answer = await operator.client.get("/api/projects", params={"limit": "all", "org_id": "mine", "from": "then"})

    told = {error["pointer"]: error["detail"] for error in answer.json()["errors"]}
    assert told == {
        "/limit": "Enter a whole number.",
        "/org_id": "Enter a valid ID.",
        "/from": "Enter a date and time with its time zone, such as 2026-11-21T09:30:00Z.",
    }


def said_of(body: dict[str, Any]) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Everything.model_validate(body)
    return [refusal_of(one["type"], one.get("ctx", {}), one["msg"]) for one in caught.value.errors()]
