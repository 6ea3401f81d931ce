"""The face of the business, for anybody: cacheable, of this moment, and without what is nobody's business."""

from httpx import Response

from tests.client import Client
from tests.features.business.test_business import BANK, DUTCH
from tests.people import People


async def _branding(client: Client, tag: str = "") -> Response:
    return await client.get("/api/branding", headers={"If-None-Match": tag})


async def test_anybody_sees_the_face_and_nobody_the_bank_details(people: People) -> None:
    operator, stranger = (await people.operator()).client, people.stranger()
    await operator.patch("/api/business", DUTCH)
    await operator.put("/api/business/bank-details", {"bank": BANK})

    answer = await _branding(stranger)

    shown = answer.json()
    assert (shown["name"], shown["currency"], shown["number_format"]) == (DUTCH["name"], "EUR", "POINT_COMMA")
    assert shown["front_door"] == DUTCH["front_door"]
    assert shown["light"]["accent"] == "#7a1f5c"
    assert shown["logo"] is None
    assert answer.headers["Cache-Control"] == "no-cache"
    assert not any(
        secret in answer.text for secret in (BANK["number"], BANK["bic"], BANK["bank_name"], "default_terms")
    )


async def test_what_a_browser_has_is_not_sent_again_until_it_changes(people: People) -> None:
    operator, stranger = (await people.operator()).client, people.stranger()
    tag = (await _branding(stranger)).headers["ETag"]
    same = await _branding(stranger, tag)
    assert (same.status_code, same.content) == (304, b"")

    await operator.patch("/api/business", {"name": "Harbour"})

    assert (await _branding(stranger, tag)).json()["name"] == "Harbour"


async def test_markup_in_texts_is_text(people: People) -> None:
    operator = (await people.operator()).client
    await operator.patch("/api/business", {"name": "<script>alert(1)</script>"})
    answer = await _branding(people.stranger())
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.json()["name"] == "<script>alert(1)</script>"


async def test_the_style_sheet_has_the_colours_of_both_schemes(people: People) -> None:
    operator = (await people.operator()).client
    await operator.patch("/api/business", {"accent": "#7A1F5C", "accent_dark": "#e59ac8"})

    sheet = await people.stranger().get("/api/branding/theme.css")

    assert sheet.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "--accent: light-dark(#7a1f5c, #e59ac8);" in sheet.text
    assert sheet.text.startswith(':root[data-face="business"] {')
