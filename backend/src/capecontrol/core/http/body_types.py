"""The ways in which a body may be written: what each is called, and how it is read before anything else is decided."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request

from capecontrol.core.http.json_text import read_json
from capecontrol.core.problems import Malformed, TooLarge, UnsupportedMedia

Reader = Callable[[Request, bytes], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class BodyType:
    """A way to write a body. ``read`` returns what the body says.

    Raises (``read``):
        Malformed: it is not what its content type says.
    """

    media_types: tuple[str, ...]
    read: Reader
    may_be_empty: bool = False
    is_json: bool = True

    def matches(self, media_type: str, request: Request) -> bool:
        """Tell whether a request's body is written so."""
        del request
        return media_type in self.media_types


@dataclass(frozen=True, slots=True)
class BinaryCloudEvent(BodyType):
    """A CloudEvent whose attributes are headers and whose body is its data (CloudEvents 1.0, HTTP binding, 3.1)."""

    def matches(self, media_type: str, request: Request) -> bool:
        """Tell whether there are the headers, too. Without data nothing need say what the data is."""
        return media_type in ("", *self.media_types) and "ce-specversion" in request.headers


#: As many fields as a form has beside its file.
FIELDS_MAX = 20
#: As many items as a batch may have (spec, machine API), in any form.
ITEMS_MAX = 1000


def _check_count(value: object) -> None:
    if isinstance(value, list) and len(value) > ITEMS_MAX:
        raise TooLarge(f"Send at most {ITEMS_MAX} items.")


async def _read_json(request: Request, body: bytes) -> object:
    del request
    value = read_json(body)
    _check_count(value)
    return value


async def _read_form(request: Request, body: bytes) -> object:
    """Parse a form now, so that one that cannot be read is refused before anybody's rights are looked at."""
    del body
    return await request.form()


async def _read_files(request: Request, body: bytes) -> object:
    """Parse a form with one file, and refuse one that has more parts than anybody reads."""
    del body
    try:
        return await request.form(max_files=1, max_fields=FIELDS_MAX)
    except HTTPException as error:
        raise Malformed("Send a form with one file.") from error


async def _read_event(request: Request, body: bytes) -> object:
    del request
    event = read_json(body)
    if not isinstance(event, dict):
        raise Malformed("Send each event as a JSON object.")
    return event


async def _read_batch(request: Request, body: bytes) -> object:
    del request
    batch = read_json(body)
    if not isinstance(batch, list):
        raise Malformed("Send a batch as a JSON array.")
    _check_count(batch)
    return batch


async def _read_lines(request: Request, body: bytes) -> object:
    del request
    items: list[object] = []
    # Before they are read: a megabyte of empty lines holds no item.
    if body.count(b"\n") > ITEMS_MAX:
        raise TooLarge(f"Send at most {ITEMS_MAX} lines.")
    for number, line in enumerate(body.split(b"\n"), start=1):
        if line.strip():
            try:
                items.append(read_json(line))
            except Malformed as error:
                raise Malformed(f"Line {number} is not valid JSON.") from error
    _check_count(items)
    return items


#: The name of an attribute of a CloudEvent.
_ATTRIBUTE = re.compile(r"[a-z0-9]{1,64}")


async def _read_binary_event(request: Request, body: bytes) -> object:
    """Return the event as its JSON format would write it."""
    event: dict[str, Any] = {}
    if media_type := request.headers.get("content-type"):
        event["datacontenttype"] = media_type
    elif body:
        raise UnsupportedMedia("Set a Content-Type that describes the data, such as application/json.")
    for name, value in request.headers.items():
        if not name.startswith("ce-"):
            continue
        attribute = name.removeprefix("ce-")
        if not _ATTRIBUTE.fullmatch(attribute) or attribute in event or attribute in ("data", "datacontenttype"):
            raise Malformed(f"{name} isn't a CloudEvents attribute, or appears twice.")
        event[attribute] = _decoded(name, value)
    if body:
        event["data"] = read_json(body)
    return event


def _decoded(name: str, value: str) -> str:
    """Return a header's text; beyond ASCII it is percent-encoded UTF-8."""
    try:
        text = unquote(value, encoding="utf-8", errors="strict")
    except UnicodeDecodeError:
        raise Malformed(f"{name} isn't valid percent-encoded UTF-8.") from None
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise Malformed(f"{name} contains control characters.")
    return text


JSON = BodyType(("application/json",), _read_json)
SCIM_JSON = BodyType(("application/scim+json", "application/json"), _read_json)
FORM = BodyType(("application/x-www-form-urlencoded",), _read_form, is_json=False)
MULTIPART = BodyType(("multipart/form-data",), _read_files, is_json=False)
#: One JSON value a line.
NDJSON = BodyType(("application/x-ndjson", "application/ndjson"), _read_lines)
CLOUD_EVENT = BodyType(("application/cloudevents+json",), _read_event)
CLOUD_EVENT_BATCH = BodyType(("application/cloudevents-batch+json",), _read_batch)
#: Name it before ``JSON``: the first that matches reads.
CLOUD_EVENT_BINARY = BinaryCloudEvent(("application/json",), _read_binary_event, may_be_empty=True)
