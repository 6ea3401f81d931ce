"""Contrast is WCAG's, and what an accent makes of a page can be read. The front end holds to the same vectors."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from capecontrol.core.colour import DARK, LIGHT, Scheme, accents, contrast, dark_accent, mixed, pairs

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "accents.json").read_text())


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    # As the W3C's and WebAIM's checkers tell them.
    [
        ("#000000", "#ffffff", 21),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.47),
        ("#ff0000", "#ffffff", 3.99),
    ],
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: str(vector["accent"]))
def test_an_accent_is_judged_and_worked_out_as_the_vectors_say(vector: dict[str, Any]) -> None:
    accent = vector["accent"]
    for scheme in (LIGHT, DARK):
        found = [
            {"use": pair.use, "contrast": round(pair.contrast, 4), "needed": pair.needed, "is_enough": pair.is_enough}
            for pair in pairs(accent, scheme)
        ]
        assert found == vector[scheme.name]
    assert dark_accent(accent) == vector["dark_accent"]
    assert asdict(accents(accent, LIGHT)) == vector["light_accents"]
    assert asdict(accents(vector["dark_accent"], DARK)) == vector["dark_accents"]


@pytest.mark.parametrize("accent", ["#000000", "#0000ff", "#7a1f5c", "#123456", "#006c94"])
def test_what_is_worked_out_can_be_read(accent: str) -> None:
    dark = dark_accent(accent)
    assert all(pair.is_enough for pair in pairs(dark, DARK))
    for colour, scheme in ((accent, LIGHT), (dark, DARK)):
        made = accents(colour, scheme)
        assert contrast(made.on_soft, made.soft) >= 4.5
        assert contrast(made.on_accent, made.hover) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=lambda scheme: str(scheme.name))
def test_a_sentence_never_tells_a_contrast_as_enough_that_is_not(scheme: Scheme) -> None:
    accent = next(
        one for one in (mixed("#000000", "#ffffff", percent) for percent in range(101))
        if any(4.45 < pair.contrast < 4.5 for pair in pairs(one, scheme)) or one == "#ffffff"
    )  # fmt: skip
    assert not any("of 4.5;" in pair.sentence for pair in pairs(accent, scheme) if not pair.is_enough)
