"""Null, where it means nothing: a change that names a member keeps it by leaving it out, and never by null."""

from typing import Any

import pytest
from fastapi import FastAPI

from tests.security.callers import Callers
from tests.security.rows import ROWS
from tests.security.served import operations
from tests.security.world import World

#: Members that null removes, by operation.
REMOVED_BY_NULL = {
    "update_proposal": {"deposit", "valid_until"},
    "update_tax_rate": {"valid_until"},
    "change_bank_details": {"bank"},
    "update_business": {
        *("registration_number", "tax_number", "email", "phone", "website", "country", "default_tax"),
        # The colour of light pages will do on dark ones.
        "accent_dark",
    },
}


def _changes(app: FastAPI) -> dict[str, dict[str, Any]]:
    """The described members of each body of a change, by operation."""
    document = app.openapi()
    found: dict[str, dict[str, Any]] = {}
    for operation in operations(app).values():
        described = document["paths"].get(operation.path, {}).get(operation.method.lower(), {})
        content = described.get("requestBody", {}).get("content", {}).get("application/json")
        if operation.method in ("PATCH", "PUT") and content is not None:
            name = content["schema"]["$ref"].rpartition("/")[2]
            found[operation.id] = document["components"]["schemas"][name]["properties"]
    return found


def _takes_null(member: dict[str, Any]) -> bool:
    return {"type": "null"} in member.get("anyOf", [])


def test_the_description_offers_null_where_it_removes_something_and_nowhere_else(app: FastAPI) -> None:
    offered = {
        name: {member for member, schema in members.items() if _takes_null(schema)}
        for name, members in _changes(app).items()
    }
    assert {name: members for name, members in offered.items() if members} == REMOVED_BY_NULL


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.no_csrf is not None])
async def test_a_null_that_removes_nothing_is_refused(name: str, app: FastAPI, world: World, callers: Callers) -> None:
    members = _changes(app).get(name)
    if members is None:
        return
    row, operation = ROWS[name], operations(app)[name]
    client, call = await callers.get(row.able, row.able), await row.call(world)
    for member in members.keys() - REMOVED_BY_NULL.get(name, set()):
        answer = await client.request(
            operation.method, operation.path.format(**call.ids), json={**(call.json or {}), member: None}
        )
        assert answer.status_code == 422, (name, member, answer.text)
        assert f"/{member}" in [error["pointer"] for error in answer.json()["errors"]]
