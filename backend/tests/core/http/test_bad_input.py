"""Bad input, over every operation: a clear problem, an unchanged database, and never a 5xx (spec 2, "Bad input")."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.params import Form
from sqlalchemy import func, select

from capecontrol.core.db.scope import PlatformScope
from capecontrol.main.features import metadata
from tests.people import SYSTEM
from tests.security.call import Call
from tests.security.callers import Callers
from tests.security.rows import ROWS
from tests.security.served import Operation, operations
from tests.security.world import World

#: Written also by refusals: attempts to sign in, and events about refusals.
NOTES = {"audit_events", "login_attempts"}
DEEP = "[" * 5_000 + "]" * 5_000
#: Raw JSON in place of a member's value.
HOSTILE: Mapping[str, str] = {
    "NUL": '"a\\u0000b"',
    "control character": '"a\\u0007b"',
    "lone surrogate": '"a\\ud800b"',
    "huge integer": "9" * 400,
    "beyond bigint": str(2**63),
    "negative": "-1",
    "huge float": "1e400",
    "NaN": "NaN",
    "infinity": "-Infinity",
    "true": "true",
    "list": '["a"]',
    "object": '{"a": 1}',
    "over-long": json.dumps("x" * 200_000),
    "deep": DEEP,
    "empty": '""',
    "formula": '"=1+1"',
    "markup": '"<script>alert(1)</script>"',
    "template": '"{{7*7}}"',
    "quote": '"a\' or 1=1 --"',
}
#: Values that no text, number, flag or id may be; free JSON (a payload, a workflow file) has rules of its own.
NEVER = {"NUL", "lone surrogate", "NaN", "infinity", "huge float", "deep"}
#: 413 is said of what has more members, or is nested deeper, than any body.
REFUSED = (400, 413, 422)
IDS = (
    "not-an-id",
    "1",
    "..",
    "%2e%2e",
    "%00",
    "a%0ab",
    "x" * 300,
    "' or 1=1",
    "%F0%9F%92%A9",
    "00000000-0000-0000-0000",
)


#: One statement for all tables: it is asked after each refusal.
COUNTS = select(
    *(
        select(func.count()).select_from(table).scalar_subquery().label(table.name)
        for table in metadata.sorted_tables
        if table.name not in NOTES
    )
)


async def _counts(world: World) -> dict[str, int]:
    async with world.people.factory.unit(SYSTEM, PlatformScope("tests")) as work:
        return dict((await work.session.execute(COUNTS)).mappings().one())


def _bodies(app: FastAPI) -> list[Operation]:
    """Return the operations that read JSON; what a form with a file is refused for its own tests know."""
    fields = {name: one.route.body_field for name, one in operations(app).items()}
    return [
        one
        for name, one in operations(app).items()
        if (field := fields[name]) and not isinstance(field.field_info, Form)
    ]


def _mutants(body: dict[str, Any]) -> Iterator[tuple[str, str, bytes]]:
    """Yield (member, fault, content) for every member of a body and every hostile value."""
    for member in body:
        for fault, raw in HOSTILE.items():
            marked = json.dumps({**body, member: "@@here@@"})
            yield member, fault, marked.replace('"@@here@@"', raw).encode()


@pytest.fixture(scope="module")
async def calls(app: FastAPI, world: World) -> dict[str, Call]:
    """How to call each operation, about one thing: refusals do not use it up."""
    return {name: await row.call(world) for name, row in ROWS.items()}


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.no_csrf is not None])
async def test_no_member_takes_what_breaks(name: str, app: FastAPI, world: World, callers: Callers) -> None:
    operation = operations(app)[name]
    if operation not in _bodies(app):
        pytest.skip("it takes no body, or a form")
    call = await ROWS[name].call(world)
    body = call.json if isinstance(call.json, dict) else {"unexpected": 1}
    client = await callers.able(ROWS[name])
    path, wrong = operation.path.format(**call.ids), []
    before = await _counts(world)
    for member, fault, content in _mutants(body):
        answer = await client.request(
            operation.method, path, content=content, headers={"Content-Type": "application/json"}
        )
        status = answer.status_code
        if status >= 500 or (fault in NEVER and status not in REFUSED):
            wrong.append(f"{member} = {fault}: {status}")
        elif status >= 400 and await _counts(world) != before:
            wrong.append(f"{member} = {fault}: {status}, and the database changed")
        elif status >= 400 and answer.headers["content-type"] != "application/problem+json":
            wrong.append(f"{member} = {fault}: no problem document")
        elif status < 400:
            call, client = await ROWS[name].call(world), await callers.able(ROWS[name])
            path, before = operation.path.format(**call.ids), await _counts(world)
    assert wrong == []


async def test_unknown_members_are_refused_by_name(app: FastAPI, calls: dict[str, Call], callers: Callers) -> None:
    wrong = []
    for operation in _bodies(app):
        call = calls[operation.id]
        client = await callers.able(ROWS[operation.id])
        body = {**(call.json or {}), "is_superuser": True, "org~id/": 1}
        answer = await client.request(operation.method, operation.path.format(**call.ids), json=body)
        named = {one["pointer"] for one in answer.json().get("errors", [])}
        if answer.status_code != 422 or not {"/is_superuser", "/org~0id~1"} <= named:
            wrong.append(f"{operation.id}: {answer.status_code} {sorted(named)}")
    assert wrong == []


@pytest.mark.parametrize("content", [b"{", b"", b"[]", b"null", b"\xff\xfe", b'{"a": 1}{"b": 2}', b'{"a": NaN}'])
async def test_what_is_no_json_object_is_refused(
    content: bytes, app: FastAPI, calls: dict[str, Call], callers: Callers
) -> None:
    wrong = []
    for operation in _bodies(app):
        call = calls[operation.id]
        if content in (b"", b"null") and not operation.route.body_field.field_info.is_required():
            continue  # The body may be left out.
        client = await callers.able(ROWS[operation.id])
        answer = await client.request(
            operation.method,
            operation.path.format(**call.ids),
            content=content,
            headers={"Content-Type": "application/json"},
        )
        # Without a token in the body, renewing looks for the cookie, and there is none.
        refused = (400, 401, 422) if operation.id == "refresh_session" and content in (b"", b"null") else (400, 422)
        if answer.status_code not in refused:
            wrong.append(f"{operation.id}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "application/json5", ""])
async def test_another_content_type_is_415(kind: str, app: FastAPI, calls: dict[str, Call], callers: Callers) -> None:
    wrong = []
    for operation in _bodies(app):
        call = calls[operation.id]
        client = await callers.able(ROWS[operation.id])
        answer = await client.request(
            operation.method, operation.path.format(**call.ids), content=b"{}", headers={"Content-Type": kind}
        )
        if answer.status_code != 415:
            wrong.append(f"{operation.id}: {answer.status_code}")
    assert wrong == []


async def test_a_body_over_the_limit_is_413(app: FastAPI, calls: dict[str, Call], callers: Callers) -> None:
    wrong = []
    content = b'{"a": "' + b"x" * (2 * 1024 * 1024) + b'"}'
    for operation in _bodies(app):
        call = calls[operation.id]
        client = await callers.able(ROWS[operation.id])
        path, headers = operation.path.format(**call.ids), {"Content-Type": "application/json"}

        async def unannounced() -> Any:
            yield content

        told = await client.request(operation.method, path, content=content, headers=headers)
        untold = await client.request(operation.method, path, content=unannounced(), headers=headers)
        if (told.status_code, untold.status_code) != (413, 413):
            wrong.append(f"{operation.id}: {told.status_code}, {untold.status_code} without a length")
    assert wrong == []


@pytest.mark.parametrize("identifier", IDS)
async def test_an_id_that_does_not_parse_is_404(
    identifier: str, app: FastAPI, calls: dict[str, Call], callers: Callers
) -> None:
    wrong = []
    for operation in operations(app).values():
        if ROWS[operation.id].unknown != 404:
            continue  # no id in the path, or a signature is looked at first
        call = calls[operation.id]
        path = operation.path
        for parameter in call.ids:
            path = path.replace("{" + parameter + "}", identifier)
        client = await callers.able(ROWS[operation.id])
        answer = await client.request(operation.method, path, json=call.json)
        # Dots are folded before they are sent: another path is asked for then, if there is one, and may refuse a body.
        is_folded = "." in identifier or "%2e" in identifier
        if answer.status_code not in ((200, 404, 405, 422) if is_folded else (404,)):
            wrong.append(f"{operation.id}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize(
    "value", ["", "-1", "0", "101", "1e9", "9" * 40, "x", "a\x00b", "a\nb", "\ud800".encode("utf-8", "surrogatepass")]
)
async def test_no_query_parameter_takes_what_breaks(
    value: str | bytes, app: FastAPI, calls: dict[str, Call], callers: Callers
) -> None:
    wrong = []
    for operation in operations(app).values():
        names = _query_names(operation)
        if not names:
            continue
        call = calls[operation.id]
        client = await callers.able(ROWS[operation.id])
        for name in names:
            query = {**call.query, name: value if isinstance(value, str) else "\\ud800"}
            answer = await client.request(operation.method, operation.path.format(**call.ids), params=query)
            if answer.status_code >= 500 or ("\x00" in query[name] and answer.status_code != 422):
                wrong.append(f"{operation.id}?{name}: {answer.status_code}")
    assert wrong == []


def _query_names(operation: Operation) -> list[str]:
    found: list[str] = []
    pending = [operation.route.dependant]
    while pending:
        dependant = pending.pop()
        found += [field.alias for field in dependant.query_params]
        pending += dependant.dependencies
    return sorted(set(found))
