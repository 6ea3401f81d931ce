"""Bodies in every form that a route may take, and those it does not; compressed ones by what they become."""

import gc
import gzip
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response
from sqlalchemy import text

from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.permissions import BILL_READ, LOG_WRITE, Role
from tests.client import Client
from tests.key_store import KeyStore
from tests.people import SYSTEM
from tests.plain_http import send
from tests.security.world import World

EVENTS = "/v1/probe/events"
EVENT: dict[str, Any] = {"specversion": "1.0", "id": "1", "source": "/app", "type": "call", "data": {"quantity": 1}}
#: The application's limit in the tests.
SIZE_MAX = 2 * 1024 * 1024


async def _post(
    surfaces: FastAPI, store: KeyStore, content: bytes, kind: str | None, *, key: str | None = None, **headers: str
) -> Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if kind is not None:
        sent["Content-Type"] = kind
    return await send(surfaces, "POST", EVENTS, key=key or store.issue(), content=content, headers=sent)


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("kind", "content", "items"),
    [
        ("application/json", _json({"a": 1}), [{"a": 1}]),
        ("application/json", _json([{"a": 1}, {"b": 2}]), [{"a": 1}, {"b": 2}]),
        ("application/json", b"[]", []),
        ("Application/JSON; charset=utf-8", b"7", [7]),
        ("application/cloudevents+json", _json(EVENT), [EVENT]),
        ("application/cloudevents-batch+json", _json([EVENT, EVENT]), [EVENT, EVENT]),
        ("application/cloudevents-batch+json", b"[]", []),
        ("application/x-ndjson", b'{"a": 1}\n\n{"b": 2}\r\n[3]', [{"a": 1}, {"b": 2}, [3]]),
        ("application/ndjson", b"\n", []),
    ],
)
async def test_each_form_says_the_same_items(
    kind: str, content: bytes, items: list[object], surfaces: FastAPI, store: KeyStore
) -> None:
    answer = await _post(surfaces, store, content, kind)
    assert (answer.status_code, answer.json()) == (200, {"said": items})


async def test_an_event_in_headers_is_the_event_in_json(surfaces: FastAPI, store: KeyStore) -> None:
    """CloudEvents, binary mode: attributes are headers, text beyond ASCII percent-encoded."""
    answer = await _post(
        surfaces, store, b'{"quantity": 1}', "application/json",
        ce_specversion="1.0", ce_id="1", ce_source="/app", ce_type="call", ce_subject="K%C3%B6ln%20AG", ce_tenant="x",
    )  # fmt: skip
    expected = {**EVENT, "subject": "Köln AG", "tenant": "x", "datacontenttype": "application/json"}
    assert answer.json()["said"] == [expected]


async def test_an_event_in_headers_needs_no_data(surfaces: FastAPI, store: KeyStore) -> None:
    answer = await _post(surfaces, store, b"", "application/json", ce_specversion="1.0", ce_id="1")
    assert answer.json()["said"] == [{"specversion": "1.0", "id": "1", "datacontenttype": "application/json"}]


async def test_without_data_nothing_says_what_it_is(surfaces: FastAPI, store: KeyStore) -> None:
    answer = await _post(surfaces, store, b"", None, ce_specversion="1.0", ce_id="1")
    assert answer.json() == {"said": [{"specversion": "1.0", "id": "1"}]}
    assert (await _post(surfaces, store, b"{}", None, ce_specversion="1.0", ce_id="1")).status_code == 415
    assert (await _post(surfaces, store, b"", None)).status_code == 415
    told = await _post(surfaces, store, b"", None, ce_specversion="1.0", ce_datacontenttype="text/plain")
    assert told.status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"ce_id": "%FF"},
        {"ce_id": "%00"},
        {"ce_id": "a%0Ab"},
        {"ce_data": "1"},
        {"ce_datacontenttype": "text/plain"},
        {"ce_with-dash": "1"},
        {"ce_": "1"},
    ],
)
async def test_headers_that_are_no_attributes_are_refused(
    headers: dict[str, str], surfaces: FastAPI, store: KeyStore
) -> None:
    answer = await _post(surfaces, store, b"{}", "application/json", ce_specversion="1.0", **headers)
    assert answer.status_code == 400


async def test_an_attribute_that_comes_twice_is_refused(surfaces: FastAPI, store: KeyStore) -> None:
    headers = [("Content-Type", "application/json"), ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-id", "2")]
    headers.append(("Authorization", f"Bearer {store.issue()}"))
    answer = await Client(surfaces).http.post(EVENTS, content=b"{}", headers=headers)
    assert answer.status_code == 400


DEEP = b"[" * 70 + b"]" * 70


@pytest.mark.parametrize("kind", ["application/json", "application/cloudevents+json", "application/x-ndjson"])
@pytest.mark.parametrize("content", [b"{", b"", b"\xff", b'{"a": NaN}', DEEP, b"[" * 100_000])
async def test_what_cannot_be_read_is_400_in_every_json_form(
    kind: str, content: bytes, surfaces: FastAPI, store: KeyStore
) -> None:
    assert (await _post(surfaces, store, content, kind)).status_code == 400


@pytest.mark.parametrize("value", [[EVENT], [], 7, "event", None])
async def test_an_event_is_one_object(value: object, surfaces: FastAPI, store: KeyStore) -> None:
    assert (await _post(surfaces, store, _json(value), "application/cloudevents+json")).status_code == 400


async def test_a_batch_is_an_array(surfaces: FastAPI, store: KeyStore) -> None:
    assert (await _post(surfaces, store, _json(EVENT), "application/cloudevents-batch+json")).status_code == 400


async def test_a_bad_line_is_named(surfaces: FastAPI, store: KeyStore) -> None:
    answer = await _post(surfaces, store, b'{"a": 1}\n{"a": \n', "application/x-ndjson")
    assert (answer.status_code, answer.json()["detail"]) == (400, "Line 2 is not valid JSON.")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/form-data", "application/cloudevents", ""]
)
async def test_other_forms_are_415_and_the_offered_ones_are_named(
    kind: str, surfaces: FastAPI, store: KeyStore
) -> None:
    answer = await _post(surfaces, store, b"{}", kind)
    assert answer.status_code == 415
    assert "application/cloudevents+json" in answer.json()["detail"]


async def test_events_are_taken_only_where_they_are_offered(surfaces: FastAPI) -> None:
    kind = {"Content-Type": "application/cloudevents+json"}
    answer = await send(surfaces, "POST", "/v1/probe/note", content=_json(EVENT), headers=kind)
    assert answer.status_code == 415


# --- compressed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "GZIP"])
async def test_a_compressed_body_is_opened(encoding: str, surfaces: FastAPI, store: KeyStore) -> None:
    body = gzip.compress(_json(EVENT)[:20]) + gzip.compress(_json(EVENT)[20:])
    answer = await _post(surfaces, store, body, "application/cloudevents+json", content_encoding=encoding)
    assert (answer.status_code, answer.json()) == (200, {"said": [EVENT]})


async def test_a_body_that_would_become_too_large_is_413(surfaces: FastAPI, store: KeyStore) -> None:
    """A bomb of a few kilobytes, also one that is packed twice over into many members."""
    whole = gzip.compress(b"[" + b" " * 20_000_000 + b"]", 9)
    many = gzip.compress(b" " * 100_000, 9) * 400
    for bomb in (whole, many):
        assert len(bomb) < SIZE_MAX
        answer = await _post(surfaces, store, bomb, "application/json", content_encoding="gzip")
        assert answer.status_code == 413, len(bomb)


async def test_many_members_and_many_lines_are_refused_before_they_are_read(surfaces: FastAPI, store: KeyStore) -> None:
    """A megabyte of nothing, packed into small pieces, would hold everybody up for seconds."""
    members = gzip.compress(b"", mtime=0) * 101
    answer = await _post(surfaces, store, members, "application/json", content_encoding="gzip")
    assert answer.status_code == 400
    assert "gzip members" in answer.text
    lines = await _post(surfaces, store, b"1\n" * 1001, "application/x-ndjson")
    assert lines.status_code == 413
    assert "1000 lines" in lines.text


BATCHES: list[tuple[str, Callable[[int], bytes]]] = [
    ("application/json", lambda count: _json([EVENT] * count)),
    ("application/cloudevents-batch+json", lambda count: _json([EVENT] * count)),
    ("application/x-ndjson", lambda count: b"\n".join([_json(EVENT)] * count)),
]


@pytest.mark.parametrize(("media_type", "batch"), BATCHES, ids=[media_type for media_type, _ in BATCHES])
async def test_a_batch_of_any_form_has_a_thousand_items_at_most(
    media_type: str, batch: Callable[[int], bytes], surfaces: FastAPI, store: KeyStore
) -> None:
    for count, status in ((1000, 200), (1001, 413)):
        assert (await _post(surfaces, store, batch(count), media_type)).status_code == status


async def test_the_bound_holds_for_what_it_becomes(surfaces: FastAPI, store: KeyStore) -> None:
    for size, status in ((SIZE_MAX, 200), (SIZE_MAX + 1, 413)):
        body = gzip.compress(b'["' + b"x" * (size - 4) + b'"]')
        answer = await _post(surfaces, store, body, "application/json", content_encoding="gzip")
        assert answer.status_code == status


ZIPPED = gzip.compress(b"{}", mtime=0)
NO_GZIP = {
    "plain": b"{}",
    "cut off": ZIPPED[:-1],
    "with a tail": ZIPPED + b"rest",
    "another format": zlib.compress(b"{}"),
    "a wrong checksum": ZIPPED[:-8] + bytes(8),
}


@pytest.mark.parametrize("content", NO_GZIP.values(), ids=NO_GZIP)
async def test_what_is_no_gzip_is_400(content: bytes, surfaces: FastAPI, store: KeyStore) -> None:
    answer = await _post(surfaces, store, content, "application/json", content_encoding="gzip")
    assert answer.status_code == 400


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
async def test_another_encoding_is_415_and_says_which_will_do(
    encoding: str, surfaces: FastAPI, store: KeyStore
) -> None:
    answer = await _post(surfaces, store, gzip.compress(b"{}"), "application/json", content_encoding=encoding)
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "gzip")


async def test_where_gzip_is_not_offered_it_is_415(surfaces: FastAPI) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = await send(surfaces, "POST", "/v1/probe/note", content=gzip.compress(b"{}"), headers=headers)
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")


# --- forms and uploads ----------------------------------------------------------------------------------------------

FORM = "application/x-www-form-urlencoded"


async def _token(surfaces: FastAPI, content: bytes, kind: str = FORM) -> Response:
    return await send(surfaces, "POST", "/oauth2/probe", content=content, headers={"Content-Type": kind})


async def test_a_form_is_read(surfaces: FastAPI) -> None:
    answer = await _token(surfaces, b"grant_type=client%5Fcredentials")
    assert (answer.status_code, answer.json()["said"]) == (200, "client_credentials")


@pytest.mark.parametrize("content", [b"grant_type=a%00b", b"grant_type=a%0Ab", b"grant_type=a&other=b", b"", b"x"])
async def test_a_form_is_judged_like_any_content(content: bytes, surfaces: FastAPI) -> None:
    assert (await _token(surfaces, content)).status_code == 400


async def test_a_form_of_too_many_fields_is_refused(surfaces: FastAPI) -> None:
    answer = await _token(surfaces, b"a=1&" * 2_000)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_json_is_no_form_and_a_form_no_json(surfaces: FastAPI) -> None:
    assert (await _token(surfaces, b'{"grant_type": "a"}', "application/json")).status_code == 415
    answer = await send(surfaces, "POST", "/v1/probe/note", content=b"text=a", headers={"Content-Type": FORM})
    assert answer.status_code == 415


async def _upload(surfaces: FastAPI, world: World, token: str | None, **options: Any) -> Response:
    client = Client(surfaces, token)
    pair = await world.people.stranger().csrf()
    client.http.cookies.set("csrftoken", pair)
    client.http.headers["X-CSRF-Token"] = pair
    return await client.post("/api/probe/upload", csrf=False, **options)


FILE: dict[str, Any] = {"files": {"file": ("a.txt", b"hello", "text/plain")}, "data": {"title": "A file"}}


async def test_a_file_is_uploaded(surfaces: FastAPI, world: World) -> None:
    answer = await _upload(surfaces, world, world.operator.client.token, **FILE)
    assert (answer.status_code, answer.json()["said"]) == (200, ["A file", "a.txt", "hello"])


async def test_an_upload_is_repeated_under_its_key(surfaces: FastAPI, world: World) -> None:
    token, content = world.operator.client.token, b"--b\r\nContent-Disposition: form-data; name=title\r\n\r\nT\r\n"
    content += b'--b\r\nContent-Disposition: form-data; name=file; filename="a"\r\n\r\nhello\r\n--b--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=b", "Idempotency-Key": world.word()}
    first = await _upload(surfaces, world, token, content=content, headers=headers)
    again = await _upload(surfaces, world, token, content=content, headers=headers)
    assert (first.status_code, again.content) == (200, first.content)
    assert again.headers["idempotent-replayed"] == "true"


async def test_where_a_thing_was_made_is_kept_sealed_and_repeated(surfaces: FastAPI, world: World) -> None:
    client = Client(surfaces, world.operator.client.token)
    pair = await world.people.stranger().csrf()
    client.http.cookies.set("csrftoken", pair)
    headers = {"X-CSRF-Token": pair, "Idempotency-Key": world.word()}
    first, again = [await client.post("/api/probe/things", csrf=False, headers=headers) for _ in range(2)]
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    for name in ("location", "etag"):
        assert first.json()["said"] in first.headers[name] == again.headers[name]
    async with world.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        kept = await work.session.execute(
            text("select to_jsonb(k)::text from idempotency_keys k where key = :key and headers is not null"),
            {"key": headers["Idempotency-Key"]},
        )
        assert first.json()["said"] not in kept.scalar_one()


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=other"])
async def test_an_upload_that_cannot_be_read_is_400(kind: str, surfaces: FastAPI, world: World) -> None:
    content = b'--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nT\r\n--b--\r\n'
    answer = await _upload(
        surfaces, world, world.operator.client.token, content=content, headers={"Content-Type": kind}
    )
    assert answer.status_code == 400


async def test_an_upload_over_the_limit_is_413(surfaces: FastAPI, world: World) -> None:
    files = {"file": ("a", b"x" * 3_000_000)}
    answer = await _upload(surfaces, world, world.operator.client.token, files=files, data={"title": "T"})
    assert answer.status_code == 413


def _deleted_files() -> set[str]:
    """Return the open files of this process that have no name any more, as temporary ones have none."""
    found = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.add(f"{descriptor} {descriptor.readlink()}")
    return {one for one in found if one.endswith("(deleted)")}


@pytest.mark.parametrize(("token", "status"), [("operator", 422), ("customer", 403)])
async def test_what_was_uploaded_is_let_go_of_with_a_refusal(
    token: str, status: int, surfaces: FastAPI, world: World
) -> None:
    """Whether the route saw it or not, and without waiting for the collector of garbage."""
    person = world.operator if token == "operator" else await world.member(Role.USER)
    files = {"file" if status == 403 else "other": ("a", b"x" * 1_900_000)}
    before = _deleted_files()
    gc.disable()
    try:
        answer = await _upload(surfaces, world, person.client.token, files=files, data={"title": "T"})
        assert answer.status_code == status
        assert _deleted_files() <= before
    finally:
        gc.enable()


async def test_an_upload_without_its_file_is_422(surfaces: FastAPI, world: World) -> None:
    answer = await _upload(surfaces, world, world.operator.client.token, files={"other": ("a", b"x")})
    assert answer.status_code == 422
    assert {one["pointer"] for one in answer.json()["errors"]} >= {"/file", "/title"}


# --- the order of refusal -------------------------------------------------------------------------------------------


async def test_who_you_are_comes_before_any_body(surfaces: FastAPI, store: KeyStore, world: World) -> None:
    bomb = gzip.compress(b" " * 20_000_000)
    for content, kind, encoding in ((b"{", "text/plain", "br"), (bomb, "application/json", "gzip"), (b"{", "", "")):
        headers = {"Content-Type": kind, "Content-Encoding": encoding}
        assert (await send(surfaces, "POST", EVENTS, content=content, headers=headers)).status_code == 401
    assert (await _upload(surfaces, world, None, content=b"--")).status_code == 401


async def test_the_envelope_comes_before_what_you_may(surfaces: FastAPI, store: KeyStore) -> None:
    poor = store.issue(scopes=(LOG_WRITE,))
    assert (await _post(surfaces, store, b"{", "text/plain", key=poor)).status_code == 415
    assert (await _post(surfaces, store, b"{", "application/x-ndjson", key=poor)).status_code == 400
    assert (await _post(surfaces, store, b"x" * 3_000_000, "application/json", key=poor)).status_code == 413
    bomb = gzip.compress(b" " * 20_000_000)
    assert (
        await _post(surfaces, store, bomb, "application/json", key=poor, content_encoding="gzip")
    ).status_code == 413
    assert (await _post(surfaces, store, b"{}", "application/json", key=poor)).status_code == 403
    assert (await _post(surfaces, store, b"{}", "application/json", key=store.issue(scopes=(BILL_READ,)))).is_success


async def test_a_form_of_ordinary_size_is_read_before_the_role_is_looked_at(surfaces: FastAPI, world: World) -> None:
    auditor = await world.people.person(Role.AUDITOR)
    token = auditor.client.token
    broken = {"content": b"--a\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=b"}}
    assert (await _upload(surfaces, world, token, **broken)).status_code == 400
    assert (await _upload(surfaces, world, token, **FILE)).status_code == 403
