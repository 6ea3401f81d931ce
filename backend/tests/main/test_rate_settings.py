"""Rates in settings: written as 20:200, and refused by name when they are none."""

import pytest
from pydantic import ValidationError

from capecontrol.core.rate import Rate
from capecontrol.main.settings import Settings


def _with(settings: Settings, value: object) -> Settings:
    return Settings.model_validate({**settings.model_dump(), "limit_people": value})


@pytest.mark.parametrize(
    ("written", "rate"), [("20:200", Rate(20, 200)), (" 0.5:3 ", Rate(0.5, 3)), (Rate(1, 2), Rate(1, 2))]
)
def test_a_rate_is_read(settings: Settings, written: object, rate: Rate) -> None:
    assert _with(settings, written).limit_people == rate


@pytest.mark.parametrize(
    "written", ["", "20", "20:", ":200", "0:10", "5:0", "-1:5", "5:1.5", "many:few", "1:2:3", "1e3:5"]
)
def test_what_is_no_rate_is_refused_in_a_sentence(settings: Settings, written: str) -> None:
    with pytest.raises(ValidationError, match="must be requests per second, a colon, and how many at once") as refused:
        _with(settings, written)
    assert refused.value.errors()[0]["loc"] == ("limit_people",)


def test_a_rate_is_read_from_the_environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMIT_KEYS", "7:70")
    known = settings.model_dump(exclude={"limit_keys"})
    assert Settings(**known).limit_keys == Rate(7, 70)
