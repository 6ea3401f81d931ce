"""The logo: read by its content, written anew, kept by its content, and refused in a sentence that changes nothing."""

import io
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from PIL import Image

from capecontrol.adapters.pictures.reader import PillowReader
from capecontrol.core.pictures import PictureReader
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage, StorageError
from capecontrol.core.uploads.shown_pictures import ShownPictures
from capecontrol.features.business.dao import TaxRateDao
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.features.business.pictures import animated, bomb, many_scans, picture, telling, text_bomb, webp_of
from tests.kept_ports import kept
from tests.moving_clock import MovingClock
from tests.outbox_drain import Drain
from tests.people import People
from tests.security.world import World

SLOW = "This picture takes too long to open. Export it again in a simpler form."
DAMAGED = "This file is damaged or incomplete. Export it again."
STRANGE = "Use PNG, JPEG or WebP. This file is none of them."
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
#: Kinds of files by their beginning, each with a picture behind it.
SCRIPT_AND_PICTURE = b"#!/bin/sh\nrm -rf /\n" + picture()
REFUSED: list[tuple[str, bytes, int, str]] = [
    ("svg", SVG, 415, "Use PNG, JPEG or WebP. SVG files can contain scripts and are not accepted."),
    ("script", b"#!/bin/sh\nrm -rf /\n", 415, STRANGE),
    ("page", b"<!doctype html><script>1</script>", 415, STRANGE),
    ("script with a picture", SCRIPT_AND_PICTURE, 415, STRANGE),
    ("zip", b"PK\x03\x04" + picture(), 415, STRANGE),
    ("gif", animated("GIF"), 415, STRANGE),
    ("empty", b"", 415, "This file is empty."),
    ("apng", animated("PNG"), 422, "Use a still picture. This one is animated."),
    ("animated webp", animated("WEBP"), 422, "Use a still picture. This one is animated."),
    ("truncated png", picture(size=(300, 300))[:-60], 422, DAMAGED),
    ("truncated jpeg", picture("JPEG", (300, 300))[:500], 422, DAMAGED),
    ("truncated webp", picture("WEBP", (300, 300))[:40], 422, DAMAGED),
    ("head alone", b"\x89PNG\r\n\x1a\n", 422, DAMAGED),
    ("webp head", b"RIFF\0\0\0\0WEBPVP8 ", 422, DAMAGED),
    ("text bomb", text_bomb(), 422, DAMAGED),
    ("too many scans", many_scans(), 422, SLOW),
    ("bomb", bomb(8000, 5000), 422, "This picture has 40 megapixels. Use one of at most 16."),
    ("webp bomb", webp_of(10_000, 10_000), 422, "This picture has 100 megapixels. Use one of at most 16."),
]


async def _put(client: Client, data: bytes, name: str = "logo.png", kind: str = "image/png", **more: Any) -> Response:
    return await client.put("/api/business/logo", files={"file": (name, data, kind)}, **more)


def _kept(settings: Settings) -> list[str]:
    return sorted(path.name for path in (Path(settings.capecontrol_home) / "objects" / "branding").glob("*"))


@pytest.fixture(autouse=True)
def nothing_kept(settings: Settings) -> None:
    for path in (Path(settings.capecontrol_home) / "objects" / "branding").glob("*"):
        path.unlink()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_a_picture_is_the_logo_and_anybody_sees_it(kind: str, people: People) -> None:
    client, stranger = (await people.operator()).client, people.stranger()

    answer = await _put(client, picture(kind), name="../../etc/passwd.svg", kind="text/html")

    assert answer.status_code == 200, answer.text
    logo = answer.json()["logo"]
    assert (logo["width"], logo["height"]) == (64, 32)
    assert (await stranger.get("/api/branding")).json()["logo"] == logo
    shown = await stranger.get(logo["url"])
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Disposition"] == "attachment"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert Image.open(io.BytesIO(shown.content)).size == (64, 32)
    assert len(shown.content) == logo["size"]


async def test_a_large_picture_is_made_smaller_in_its_proportions(people: People) -> None:
    answer = await _put((await people.operator()).client, picture("JPEG", (2400, 480)))
    assert (answer.json()["logo"]["width"], answer.json()["logo"]["height"]) == (1200, 240)


async def test_only_the_pixels_go_on(people: People) -> None:
    client = (await people.operator()).client
    hidden = telling("taken at home") + b"<script>alert(1)</script>PK\x03\x04"
    answer = await _put(client, hidden)
    shown = (await client.get(answer.json()["logo"]["url"])).content
    assert not any(part in shown for part in (b"taken at home", b"script", b"PK\x03\x04", b"eXIf", b"tEXt"))


@pytest.mark.parametrize(
    ("data", "status", "sentence"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
async def test_what_is_no_logo_is_refused_and_changes_nothing(
    data: bytes, status: int, sentence: str, people: People, settings: Settings
) -> None:
    client = (await people.operator()).client
    before = (await _put(client, picture())).json()

    answer = await _put(client, data)

    assert answer.status_code == status, answer.text
    said = [one["detail"] for one in answer.json().get("errors", ())] or [answer.json()["detail"]]
    assert said == [sentence]
    assert (await client.get("/api/business")).json() == before
    assert len(_kept(settings)) == 1


async def test_a_file_that_is_too_large_is_refused_while_it_comes(people: People, settings: Settings) -> None:
    client = (await people.operator()).client
    for size in (1024 * 1024 + 1, 1024 * 1200, 20 * 1024 * 1024):
        answer = await _put(client, picture() + b"\0" * size)
        assert (answer.status_code, answer.json()["detail"].rpartition("at most ")[2]) == (413, "1 MB.")
    assert _kept(settings) == []


async def test_a_second_file_and_a_crowd_of_fields_are_refused(people: People, settings: Settings) -> None:
    client = (await people.operator()).client
    two = [("file", ("a.png", picture(), "image/png")), ("file", ("b.png", picture(), "image/png"))]
    crowd = {f"field{number}": "x" for number in range(100)}
    for sent in ({"files": two}, {"files": two[:1], "data": crowd}):
        answer = await client.put("/api/business/logo", **sent)
        assert (answer.status_code, answer.json()["detail"]) == (400, "Send a form with one file.")
    assert _kept(settings) == []


@pytest.mark.parametrize(
    ("sent", "pointer", "sentence"),
    [
        ({"files": {"file": (None, "not a file")}}, "/file", "Send a file in this field, not text."),
        ({"files": {"picture": ("a.png", picture(), "image/png")}}, "/file", "This field is required."),
        (
            {"files": {"file": ("a.png", picture(), "image/png")}, "data": {"colour": "red"}},
            "/colour",
            "This field isn't supported here.",
        ),
        (
            {"files": {"file": ("a.png", picture(), "image/png")}, "data": {"file": "twice"}},
            "/file",
            "This field isn't supported here.",
        ),
    ],
    ids=["text", "another name", "a field more", "twice"],
)
async def test_a_form_of_other_fields_is_refused_in_a_sentence(
    sent: dict[str, Any], pointer: str, sentence: str, people: People, settings: Settings
) -> None:
    answer = await (await people.operator()).client.put("/api/business/logo", **sent)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"] == [{"pointer": pointer, "detail": sentence}]
    assert _kept(settings) == []


async def test_a_logo_that_was_replaced_is_shown_for_ninety_days_since_mails_show_it(
    people: People, settings: Settings, clock: MovingClock, drain: Drain
) -> None:
    client, stranger = (await people.operator()).client, people.stranger()
    first = (await _put(client, picture(colour="red"))).json()["logo"]["url"]
    second = (await _put(client, picture(colour="blue"))).json()["logo"]["url"]

    clock.advance(timedelta(days=89))
    await drain.slot("core.sweep_uploads")
    assert (await stranger.get(first)).status_code == 200

    clock.advance(timedelta(days=2))
    assert (await stranger.get(first)).status_code == 404
    await drain.slot("core.sweep_uploads")
    assert (await stranger.get(first)).status_code == 404
    assert (await stranger.get(second)).status_code == 200
    assert _kept(settings) == [second.rpartition("/")[2]]


async def test_a_logo_that_comes_back_stays(people: People, clock: MovingClock, drain: Drain) -> None:
    client = (await people.operator()).client
    first = (await _put(client, picture(colour="red"))).json()["logo"]["url"]
    await _put(client, picture(colour="blue"))
    await _put(client, picture(colour="red"))

    clock.advance(timedelta(days=91))
    await drain.slot("core.sweep_uploads")

    assert (await people.stranger().get(first)).status_code == 200


async def test_who_edits_what_somebody_else_changed_stores_nothing(people: People, settings: Settings) -> None:
    client = (await people.operator()).client
    first = await _put(client, picture(colour="red"))
    second = await _put(client, picture(colour="blue"))
    before = _kept(settings)

    late = await _put(client, picture(colour="green"), headers={"If-Match": first.headers["ETag"]})

    assert (late.status_code, _kept(settings)) == (412, before)
    gone = await client.delete("/api/business/logo", headers={"If-Match": second.headers["ETag"]})
    assert (gone.status_code, gone.json()["logo"]) == (200, None)
    assert (await people.stranger().get("/api/branding")).json()["logo"] is None


class Losing:
    """A storage that stores, and then the database is gone for whoever records."""

    def __init__(self, storage: ObjectStorage, lose: Callable[[], None]) -> None:
        self._storage = storage
        self._lose = lose

    async def put(self, key: str, data: bytes, media_type: str) -> None:
        await self._storage.put(key, data, media_type)
        self._lose()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._storage, name)


async def test_a_logo_whose_record_fails_is_shown_to_nobody_and_swept(
    people: People, settings: Settings, ports: Ports, clock: MovingClock, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = (await people.operator()).client

    async def fails(*_: object, **__: object) -> None:
        raise ConnectionResetError("the database is gone")

    storage = ports.get(ObjectStorage)
    with kept(ports, ObjectStorage):
        ports.provide(ObjectStorage, Losing(storage, lambda: monkeypatch.setattr(TaxRateDao, "newest_first", fails)))
        lost = await _put(client, picture())
    monkeypatch.undo()

    assert lost.status_code == 503
    [name] = _kept(settings)
    assert (await people.stranger().get(f"/api/branding/logo/{name}")).status_code == 404
    assert (await client.get("/api/business")).json()["logo"] is None
    clock.advance(timedelta(hours=25))
    await drain.slot("core.sweep_uploads")
    assert _kept(settings) == []


async def test_a_logo_that_a_sweep_takes_before_it_is_recorded_is_not_the_logo(
    people: People, ports: Ports, owner_url: str
) -> None:
    """No record names a file that is about to go."""
    world = await World.make(people, owner_url)

    class Swept:
        async def put(self, *_: object) -> None:
            await world.sql("update uploads set removing_at = now()")

    with kept(ports, ObjectStorage):
        ports.provide(ObjectStorage, Swept())
        answer = await _put(world.operator.client, picture())

    assert (answer.status_code, [one["detail"] for one in answer.json()["errors"]]) == (
        422,
        ["This picture is no longer stored. Upload it again."],
    )
    assert (await world.operator.client.get("/api/business")).json()["logo"] is None


async def test_a_storage_that_is_away_changes_nothing(people: People, ports: Ports) -> None:
    class Away:
        async def put(self, *_: object) -> None:
            raise StorageError("the disk is full")

    client = (await people.operator()).client
    with kept(ports, ObjectStorage):
        ports.provide(ObjectStorage, Away())
        answer = await _put(client, picture())
    assert (answer.status_code, answer.json()["detail"]) == (503, "This file couldn't be stored. Try again shortly.")
    assert (await client.get("/api/business")).json()["logo"] is None
    assert (await _put(client, picture())).status_code == 200


async def test_a_picture_that_we_fail_to_read_changes_nothing_and_may_be_sent_again(
    people: People, ports: Ports
) -> None:
    client = (await people.operator()).client
    # No process starts in a hundredth of a second.
    with kept(ports, PictureReader), closing(PillowReader(deadline_seconds=0.01)) as too_slow:
        ports.provide(PictureReader, too_slow)
        answer = await _put(client, picture())
    assert (answer.status_code, answer.json()["detail"]) == (
        503,
        "This picture couldn't be read just now. Try again shortly.",
    )
    assert answer.headers["retry-after"].isdigit()
    assert (await client.get("/api/business")).json()["logo"] is None
    assert (await _put(client, picture())).status_code == 200


async def test_the_same_picture_again_stays(people: People) -> None:
    client = (await people.operator()).client
    first = await _put(client, picture())
    again = await _put(client, picture())
    late = await _put(client, picture(), headers={"If-Match": '"999"'})
    assert first.json()["logo"] == again.json()["logo"]
    assert late.status_code == 412
    assert (await client.get(first.json()["logo"]["url"])).status_code == 200


@pytest.mark.parametrize("name", ["../../secret", "0" * 63, "A" * 64, "0" * 64])
async def test_what_is_no_logo_of_ours_is_not_there(name: str, people: People) -> None:
    assert (await people.stranger().get(f"/api/branding/logo/{name}.png")).status_code == 404


async def test_the_current_logo_is_read_of_the_storage_once(people: People, ports: Ports) -> None:
    client, stranger = (await people.operator()).client, people.stranger()
    first = (await _put(client, picture())).json()["logo"]["url"]
    second = (await _put(client, picture(size=(41, 40)))).json()["logo"]["url"]
    storage = Counting(ports.get(ObjectStorage))
    with kept(ports, ObjectStorage, ShownPictures):
        ports.provide(ObjectStorage, storage)
        ports.provide(ShownPictures, ShownPictures())
        for _ in range(3):
            for url in (first, second):
                assert (await stranger.get(url)).status_code == 200
        # One of before comes of the storage each time: only so much is kept as the business shows.
        assert storage.reads == 4


async def test_pictures_in_memory_are_bounded(ports: Ports) -> None:
    storage, pictures = Counting(ports.get(ObjectStorage)), ShownPictures(bytes_max=150)
    shown = {f"branding/{number}.png" for number in range(2)}
    for key in shown:
        await storage.put(key, b"x" * 100, "image/png")
    for _ in range(2):
        for key in sorted(shown):
            assert await pictures.get(storage, key, shown) == b"x" * 100
    assert storage.reads == 3
    # What the business shows no more makes room.
    await pictures.get(storage, "branding/1.png", {"branding/1.png"})
    await pictures.get(storage, "branding/1.png", {"branding/1.png"})
    assert storage.reads == 4


class Counting:
    """A storage that counts how often it is read."""

    def __init__(self, storage: ObjectStorage) -> None:
        self._storage = storage
        self.reads = 0

    async def get(self, key: str) -> bytes:
        self.reads += 1
        return await self._storage.get(key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._storage, name)
