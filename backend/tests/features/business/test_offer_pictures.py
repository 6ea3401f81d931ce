"""Pictures of offers: stored first, shown once the front door names them, and gone when nothing does."""

import io
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response
from PIL import Image

from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage, StorageError
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.features.business.pictures import picture
from tests.features.business.test_logo import REFUSED
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import People

NOT_STORED = "This picture is no longer stored. Upload it again."


async def _upload(client: Client, data: bytes | None = None, **more: Any) -> Response:
    return await client.post("/api/business/pictures", files={"file": ("../a.png", data or picture(), "x/y")}, **more)


async def _show(client: Client, *pictures: dict[str, str], **more: Any) -> Response:
    offers = [{"title": f"Offer {place}", "text": "", "picture": one} for place, one in enumerate(pictures)]
    return await client.patch("/api/business", {"front_door": {"offers": offers}}, **more)


def _kept(settings: Settings) -> list[str]:
    return sorted(path.name for path in (Path(settings.capecontrol_home) / "objects" / "branding").glob("*"))


@pytest.fixture(autouse=True)
def nothing_kept(settings: Settings) -> None:
    for path in (Path(settings.capecontrol_home) / "objects" / "branding").glob("*"):
        path.unlink()


async def test_a_picture_is_shown_once_an_offer_names_it(people: People, app: FastAPI) -> None:
    client, stranger = (await people.operator()).client, people.stranger()

    uploaded = await _upload(client, picture("JPEG", (2400, 1200)))

    assert uploaded.status_code == 201, uploaded.text
    sha256 = uploaded.json()["sha256"]
    url = f"/api/branding/pictures/{sha256}.webp"
    assert (await stranger.get(url)).status_code == 404
    saved = await _show(client, {"sha256": sha256, "alt": 'A desk "at" <night>'})
    [offer] = saved.json()["front_door"]["offers"]
    assert offer["picture"] == {
        "sha256": sha256, "url": url, "size": uploaded.json()["size"], "width": 1200, "height": 600,
        "alt": 'A desk "at" <night>',
    }  # fmt: skip
    assert (await stranger.get("/api/branding")).json()["front_door"]["offers"] == [offer]
    shown = await stranger.get(url)
    assert shown.headers["Content-Type"] == "image/webp"
    assert shown.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert shown.headers["Content-Disposition"] == "attachment"
    assert Image.open(io.BytesIO(shown.content)).format == "WEBP"
    page = (await Client(app).get("/")).text
    assert f'<img src="{url}" alt="A desk &#34;at&#34; &lt;night&gt;" width="1200" height="600" loading="lazy"' in page


async def test_a_large_picture_is_few_bytes(people: People) -> None:
    noise = io.BytesIO()
    Image.effect_noise((2000, 1500), 90).convert("RGB").save(noise, "JPEG", quality=80)
    answer = (await _upload((await people.operator()).client, noise.getvalue())).json()
    assert len(noise.getvalue()) > 1024 * 1024
    assert answer["size"] <= 200 * 1024


@pytest.mark.parametrize(
    ("data", "status", "sentence"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
async def test_what_is_no_picture_is_refused_and_stores_nothing(
    data: bytes, status: int, sentence: str, people: People, settings: Settings
) -> None:
    client = (await people.operator()).client
    answer = await client.post("/api/business/pictures", files={"file": ("a.png", data, "image/png")})
    assert answer.status_code == status, answer.text
    said = [one["detail"] for one in answer.json().get("errors", ())] or [answer.json()["detail"]]
    assert (said, _kept(settings)) == ([sentence], [])


async def test_a_file_of_more_than_five_megabytes_is_refused(people: People, settings: Settings) -> None:
    client = (await people.operator()).client
    for size in (5 * 1024 * 1024, 20 * 1024 * 1024):
        answer = await _upload(client, picture() + b"\0" * size)
        assert (answer.status_code, answer.json()["detail"].rpartition("at most ")[2]) == (413, "5 MB.")
    assert _kept(settings) == []


async def test_a_picture_that_no_offer_names_is_gone_after_a_day(
    people: People, settings: Settings, clock: MovingClock, drain: Drain
) -> None:
    client = (await people.operator()).client
    sha256 = (await _upload(client)).json()["sha256"]

    clock.advance(timedelta(hours=23))
    await drain.slot("core.sweep_uploads")
    assert _kept(settings) == [f"{sha256}.webp"]
    clock.advance(timedelta(hours=2))
    await drain.slot("core.sweep_uploads")

    assert _kept(settings) == []
    client = (await people.operator()).client
    answer = await _show(client, {"sha256": sha256})
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"pointer": "/front_door/offers/0/picture", "detail": NOT_STORED}],
    )
    assert (await client.get("/api/business")).json()["front_door"]["offers"] == []


async def test_a_picture_that_is_uploaded_again_waits_for_another_day(
    people: People, settings: Settings, clock: MovingClock, drain: Drain
) -> None:
    client = (await people.operator()).client
    await _upload(client)
    clock.advance(timedelta(hours=20))
    sha256 = (await _upload(client)).json()["sha256"]
    clock.advance(timedelta(hours=20))
    await drain.slot("core.sweep_uploads")
    assert _kept(settings) == [f"{sha256}.webp"]


async def test_a_picture_that_is_being_removed_is_not_taken_until_it_is_gone(
    people: People, settings: Settings, ports: Ports, clock: MovingClock, drain: Drain
) -> None:
    client, storage, meanwhile = (await people.operator()).client, ports.get(ObjectStorage), list[Response]()
    await _upload(client)
    clock.advance(timedelta(hours=25))
    client = (await people.operator()).client

    class Slow:
        async def delete(self, key: str) -> None:
            meanwhile.append(await _upload(client))
            await storage.delete(key)

        def __getattr__(self, name: str) -> Any:
            return getattr(storage, name)

    with kept(ports, ObjectStorage):
        ports.provide(ObjectStorage, Slow())
        await drain.slot("core.sweep_uploads")

    assert [(answer.status_code, answer.json()["detail"]) for answer in meanwhile] == [
        (503, "This file couldn't be stored just now. Try again shortly.")
    ]
    assert _kept(settings) == []
    again = await _upload(client)
    assert (again.status_code, _kept(settings)) == (201, [f"{again.json()['sha256']}.webp"])


async def test_a_picture_that_cannot_be_removed_keeps_no_other(
    people: People, settings: Settings, ports: Ports, clock: MovingClock, drain: Drain
) -> None:
    client, storage = (await people.operator()).client, ports.get(ObjectStorage)
    first, _ = [(await _upload(client, picture(colour=colour))).json()["sha256"] for colour in ("red", "blue")]
    clock.advance(timedelta(hours=25))

    class Stubborn:
        async def delete(self, key: str) -> None:
            if first in key:
                raise StorageError("not today")
            await storage.delete(key)

    with kept(ports, ObjectStorage):
        ports.provide(ObjectStorage, Stubborn())
        with pytest.raises(AssertionError, match="was not delivered"):
            await drain.slot("core.sweep_uploads")
    assert _kept(settings) == [f"{first}.webp"]

    await drain.make_due()
    await drain()

    assert _kept(settings) == []
    client = (await people.operator()).client
    assert [(await _upload(client, picture(colour=colour))).status_code for colour in ("red", "blue")] == [201, 201]


async def test_an_offer_keeps_its_picture_when_its_words_change(
    people: People, clock: MovingClock, drain: Drain
) -> None:
    client = (await people.operator()).client
    sha256 = (await _upload(client)).json()["sha256"]
    first = await _show(client, {"sha256": sha256, "alt": "A desk"})
    again = await _show(client, {"sha256": sha256, "alt": "A tidy desk"})
    assert again.json()["revision"] == first.json()["revision"] + 1
    clock.advance(timedelta(days=400))
    await drain.slot("core.sweep_uploads")
    assert (await people.stranger().get(f"/api/branding/pictures/{sha256}.webp")).status_code == 200


async def test_what_is_answered_of_the_front_page_can_be_sent_back(people: People) -> None:
    client = (await people.operator()).client
    picture_sent = {"sha256": (await _upload(client)).json()["sha256"], "alt": "A desk"}
    shown = (await _show(client, picture_sent)).json()["front_door"]
    again = await client.patch("/api/business", {"front_door": shown})
    assert (again.status_code, again.json()["front_door"]) == (200, shown)


async def test_one_picture_in_two_offers_stays_until_both_drop_it(
    people: People, settings: Settings, clock: MovingClock, drain: Drain
) -> None:
    client = (await people.operator()).client
    named = {"sha256": (await _upload(client)).json()["sha256"]}
    assert (await _show(client, named, named)).status_code == 200
    assert (await _show(client, named)).status_code == 200
    clock.advance(timedelta(days=91))
    await drain.slot("core.sweep_uploads")
    assert len(_kept(settings)) == 1
    client = (await people.operator()).client
    await _show(client)
    clock.advance(timedelta(days=91))
    await drain.slot("core.sweep_uploads")
    assert _kept(settings) == []


@pytest.mark.parametrize("sha256", ["0" * 63, "../../../etc/passwd", "A" * 64, ""])
async def test_what_names_no_picture_is_refused_by_its_pointer(sha256: str, people: People) -> None:
    answer = await _show((await people.operator()).client, {"sha256": sha256})
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/front_door/offers/0/picture/sha256"]


async def _post(client: Client, key: str, form: bytes, boundary: str) -> Response:
    headers = {"Idempotency-Key": key, "Content-Type": f"multipart/form-data; boundary={boundary}"}
    return await client.post("/api/business/pictures", content=form, headers=headers)


def _form(data: bytes, boundary: str, *, file_name: str = "a") -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{file_name}"\r\n\r\n'
    return head.encode() + data + f"\r\n--{boundary}--\r\n".encode()


async def test_the_same_upload_under_one_key_is_stored_once(people: People, settings: Settings) -> None:
    """Clients separate the parts of a form by another boundary each time."""
    client, key = (await people.operator()).client, str(uuid.uuid4())
    first = await _post(client, key, _form(picture(), "one"), "one")
    again = await _post(client, key, _form(picture(), "another", file_name="b"), "another")
    assert (first.status_code, again.status_code) == (201, 201), again.text
    assert (again.headers["idempotent-replayed"], again.json()) == ("true", first.json())
    assert len(_kept(settings)) == 1


async def test_another_file_under_the_key_is_refused(people: People, settings: Settings) -> None:
    """However little differs: the last byte of one that is larger than what is held in memory."""
    client, key = (await people.operator()).client, str(uuid.uuid4())
    large = picture() + b"\0" * 1024 * 1024
    assert (await _post(client, key, _form(large, "e"), "e")).status_code == 201
    other = await _post(client, key, _form(large[:-1] + b"\1", "e"), "e")
    assert (other.status_code, other.json()["type"]) == (422, "request/idempotency-key-reused")
    assert len(_kept(settings)) == 1
