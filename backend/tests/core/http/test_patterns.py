"""A pattern of a body is that of the whole text: a line break behind it is no part of it."""

from typing import Annotated

import pytest
from pydantic import Field, ValidationError

from capecontrol.core.http.body import MoneyBody, RequestBody
from capecontrol.features.proposals.schemas.decision import Approval


class Coded(RequestBody):
    code: Annotated[str, Field(pattern=r"^[a-z]{2}$")]


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        (Coded, {"code": "ab\n"}),
        (Approval, {"content_hash": "0" * 64 + "\n"}),
        (MoneyBody, {"amount": 1, "currency": "ZAR\n"}),
    ],
)
def test_nothing_follows_what_a_pattern_describes(body: type[RequestBody | MoneyBody], sent: dict[str, object]) -> None:
    body.model_validate({name: value.strip() if isinstance(value, str) else value for name, value in sent.items()})
    with pytest.raises(ValidationError, match="pattern"):
        body.model_validate(sent)
