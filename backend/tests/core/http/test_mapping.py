"""Answers take each member from where it is found, and none that they do not have."""

from dataclasses import dataclass

import pytest

from capecontrol.core.http import MoneyBody, ResponseBody
from capecontrol.core.money import Money


@dataclass
class Row:
    number: str = "7"
    status: str = "SENT"
    total: int = 1200


class Answer(ResponseBody):
    number: str
    status: str
    total: MoneyBody


def test_a_member_is_the_given_one_or_that_of_the_first_source_that_has_it() -> None:
    @dataclass
    class Judged:
        status: str = "EXPIRED"

    answer = Answer.map_from(Judged(), Row(), total=Money(1200, "ZAR"))
    assert answer.model_dump() == {
        "number": "7",
        "status": "EXPIRED",
        "total": {"amount": 1200, "currency": "ZAR"},
    }


def test_a_member_that_nobody_has_and_one_that_the_answer_has_not_are_refused() -> None:
    with pytest.raises(AttributeError, match="number"):
        Answer.map_from(object(), status="SENT", total=Money(1200, "ZAR"))
    with pytest.raises(TypeError, match="Answer has no member totals"):
        Answer.map_from(Row(), total=Money(1200, "ZAR"), totals=[])
