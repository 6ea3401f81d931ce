"""Names of files in headers: any name arrives as it is, and none ends the header early."""

import re
from urllib.parse import unquote

import pytest

from capecontrol.core.http.files import attachment_headers


@pytest.mark.parametrize("name", ["INV-2026-0042.pdf", "PRJ-2026-019-proposal-v2.pdf", "audit (1).csv"])
def test_a_plain_name_stands_as_it_is(name: str) -> None:
    assert attachment_headers(name)["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "name", ["Übersicht.pdf", 'a".pdf', "a;b.pdf", "a\r\nSet-Cookie: x=y.pdf", "a\\b.pdf", "日本.pdf", ""]
)
def test_any_other_name_is_encoded(name: str) -> None:
    header = attachment_headers(name)["Content-Disposition"]

    encoded = re.fullmatch(r"attachment; filename\*=UTF-8''([A-Za-z0-9._~%-]*)", header)
    assert encoded is not None, header
    assert unquote(encoded[1]) == name
