"""Things of the business, for tests."""

from tests.features.business.pictures import multipart, picture
from tests.security.world import World


async def build_coming_rate(world: World) -> str:
    """Return the id of a rate that has not begun."""
    rate = {"name": world.word("VAT"), "rate": "16.00", "valid_from": "2027-04-01"}
    return str((await world.post("/api/business/tax-rates", rate))["id"])


async def build_logo(world: World) -> str:
    """Return the SHA-256 of a logo that the business has now."""
    content, headers = multipart(picture(size=(20 + world.number(), 30)))
    answer = await world.operator.client.put("/api/business/logo", content=content, headers=headers)
    assert answer.is_success, answer.text
    return str(answer.json()["logo"]["url"]).rpartition("/")[2].removesuffix(".png")


async def build_offer_picture(world: World) -> str:
    """Return the SHA-256 of a picture that an offer of the front door has now."""
    content, headers = multipart(picture(size=(20 + world.number(), 40)))
    uploaded = await world.operator.client.post("/api/business/pictures", content=content, headers=headers)
    assert uploaded.is_success, uploaded.text
    sha256 = str(uploaded.json()["sha256"])
    offer = {"title": "Reports", "text": "Ready when you open.", "picture": {"sha256": sha256, "alt": "A table"}}
    answer = await world.operator.client.patch("/api/business", {"front_door": {"offers": [offer]}})
    assert answer.is_success, answer.text
    return sha256
