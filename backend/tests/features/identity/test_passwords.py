"""The rules of passwords, by cases that the front end's copy of them is held to, too."""

import json
from pathlib import Path

import pytest

from capecontrol.core.problems import Invalid
from capecontrol.features.identity.passwords import check_password

CASES: list[dict[str, str | None]] = json.loads(Path(__file__).with_name("passwords.json").read_text())
#: How each rule begins to say what to do.
SAYS = {
    "length": "Use at least 8 characters.",
    "mixture": ("Use at least three of these", "Use a wider variety"),
    "address": "Don't use your e-mail address",
    "common": "This password is too easy to guess",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["password"])
def test_a_shared_case_is_taken_or_refused_as_it_says(case: dict[str, str | None]) -> None:
    password, rule = case["password"], case["refused"]
    assert password is not None
    if rule is None:
        check_password(password, "thandi@harbour.example")
        return
    with pytest.raises(Invalid) as refused:
        check_password(password, "thandi@harbour.example")
    (error,) = refused.value.errors
    assert error.pointer == "/password"
    assert error.detail.startswith(SAYS[rule])
