"""Calls an operation as whoever is asked to in the walks, and returns what a reader may see of it."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from httpx import Response

from capecontrol.main.http.openapi.headers import OF_EXAMPLES
from tests.client import Client
from tests.described_stream import events_of
from tests.examples.example import Example
from tests.key_store import KeyStore
from tests.security.call import Call
from tests.security.callers import Callers
from tests.security.rows import MACHINE_ROWS, ROWS
from tests.security.served import every_operation
from tests.security.world import CANARY, World

#: In place of bytes, which are no text.
BYTES = "(the bytes of the file)"
#: As many items of a list, lines of a file and characters of a text are shown.
ITEMS_MAX, LINES_MAX, TEXT_MAX = 2, 3, 240
_TITLE, _CLIENT = "Lead capture", "Harbour Logistics"
#: Where a name is that of a client.
_OF_CLIENTS = frozenset({"organization", "buyer", "client", "organization_name"})
_SECRETS = frozenset({"access_token", "refresh_token", "token", "csrf", "csrf_token", "api_key", "next_cursor"})
#: What tests call people and things, and what a reader is shown instead.
_NAMES = {"Operator": "Sipho Ndlovu", "Owner": "Thandi Nkosi", "Seller": "Northstar Automation"}
_SHOWN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[\w.+-]+@people\.test"), "sipho@northstar.example"),
    (re.compile(r"[\w.+-]+@[\w.-]+\.test"), "thandi@harbour.example"),
    (re.compile(rf"{CANARY} Harbour|\bNew [0-9a-f]{{12}}\b"), _CLIENT),
    (re.compile(r"\bThandi [0-9a-f]{8}\b"), "Thandi Nkosi"),
    (re.compile(r"\bServer \d+\b"), "Production n8n"),
    (re.compile(r"\bFlow \d+\b"), "Lead capture flow"),
    (re.compile(r"\bVAT \d+\b"), "VAT"),
    (re.compile(r"[0-9a-f]{64}"), "5f2c" * 16),
    (re.compile(r"\b([a-z_]+_)?[0-9a-f]{32}\b"), r"\1example"),
)
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_WORD = re.compile(rf"{CANARY}(?:[ -]\d+)?", re.IGNORECASE)
_MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Recorder:
    """Records examples."""

    def __init__(
        self, app: FastAPI, world: World, callers: Callers, store: KeyStore, calls: Mapping[str, Call]
    ) -> None:
        """Take whom to ask, and by operation the calls about things that have what is listed of them."""
        self._calls = calls
        self._app = app
        self._world = world
        self._callers = callers
        self._store = store

    async def record(self, name: str) -> Example:
        """Call an operation so that it succeeds."""
        operation = every_operation(self._app)[name]
        row = MACHINE_ROWS.get(name) or ROWS[name]
        call = self._calls.get(name) or await row.call(self._world)
        query = {"limit": ITEMS_MAX} if "limit" in operation.route.query_names else {}
        sent = {parameter: str(value) for parameter, value in query.items()}
        answer = await operation.send(await self._caller(name), call, query=sent)
        assert answer.is_success, answer.text
        headers = tuple(header for header in OF_EXAMPLES if header in answer.headers)
        told = _Told(answer)
        return Example(
            {name: told(name, value) for name, value in {**call.query, **query}.items()},
            told("", _sent(call)),
            answer.status_code,
            headers,
            told("", _answered(answer)),
        )

    async def _caller(self, name: str) -> Client:
        if name in MACHINE_ROWS:
            return Client(self._app, self._store.issue(org_ids=(self._world.own,)))
        row = ROWS[name]
        return await self._callers.get(row.asked, row.asked, fresh=row.ends_session)


def _sent(call: Call) -> Any:
    if call.content is None:
        return call.json
    is_form = call.headers.get("Content-Type", call.headers.get("content-type", "")).startswith("multipart/")
    return {"file": BYTES} if is_form else json.loads(call.content)


def _answered(answer: Response) -> Any:
    media_type = answer.headers.get("content-type", "").partition(";")[0]
    if not answer.content:
        return None
    if media_type == "application/json":
        return answer.json()
    if media_type == "text/event-stream":
        return next(events_of(answer.text))
    return answer.text if media_type.startswith("text/") else BYTES


class _Told:
    """What is told in place of the ids, times, secrets and words of one call: the same for the same."""

    def __init__(self, answer: Response) -> None:
        self._ids: dict[str, str] = {}
        #: The earliest time is nine in the morning.
        times = _TIME.findall(answer.content.decode(errors="replace"))
        self._first = min(map(datetime.fromisoformat, times), default=_MORNING)

    def __call__(self, name: str, value: Any, within: str = "") -> Any:
        """Return a value as it is shown."""
        match value:
            case dict():
                return {str(one): self(str(one), member, name) for one, member in value.items()}
            case list():
                return [self(name, item, within) for item in value[:ITEMS_MAX]]
            case str():
                return self._text(name, value, within)
            case _:
                return value

    def _text(self, name: str, value: str, within: str) -> str:
        if name in _SECRETS:
            return f"example-{name.replace('_', '-')}"
        text = _NAMES.get(value, value)
        for pattern, shown in _SHOWN:
            text = pattern.sub(shown, text)
        text = _WORD.sub(_CLIENT if name in _OF_CLIENTS or within in _OF_CLIENTS else _TITLE, text)
        return _shortened(_TIME.sub(self._time, _ID.sub(self._id, text)))

    def _id(self, found: re.Match[str]) -> str:
        return self._ids.setdefault(found[0], f"019aae6b-7c1e-7000-8000-{len(self._ids) + 1:012x}")

    def _time(self, found: re.Match[str]) -> str:
        told = _MORNING + (datetime.fromisoformat(found[0]) - self._first)
        return f"{told.replace(microsecond=0):%Y-%m-%dT%H:%M:%SZ}"


def _shortened(text: str) -> str:
    text = "".join(text.splitlines(keepends=True)[:LINES_MAX])
    return text if len(text) <= TEXT_MAX or "\n" in text else f"{text[:TEXT_MAX]}…"
