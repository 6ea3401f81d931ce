"""Where people edit, an edit of what has changed since is refused: nobody's work is written over unseen."""

from dataclasses import replace

import pytest
from fastapi import FastAPI
from httpx import Response

from tests.security.callers import Callers
from tests.security.rows import ROWS
from tests.security.served import operations
from tests.security.world import World

#: Changes that take no ``If-Match``, each with its reason.
WITHOUT = {
    "update_workflow_template": "its address names the version that is edited; on one that is not the newest it is 409",
    "update_tax_rate": "it sets one day, which the list shows; the later of two counts",
}
CHANGES = [name for name, row in ROWS.items() if row.no_csrf is not None]
#: Acts that take it beside ``PATCH`` and ``PUT``, which are always asked: they rest on what was read.
RESTS_ON_WHAT_WAS_READ = {"change_project_status", "send_proposal", "delete_logo"}


@pytest.mark.parametrize("name", CHANGES)
async def test_a_change_of_what_was_changed_is_refused(name: str, app: FastAPI, world: World, callers: Callers) -> None:
    row, operation = ROWS[name], operations(app)[name]
    is_edit = operation.method in ("PATCH", "PUT")
    if name in WITHOUT or not (is_edit or name in RESTS_ON_WHAT_WAS_READ):
        return
    client, call = await callers.get(row.able, row.able), await row.call(world)

    async def change(tag: str) -> Response:
        return await operation.send(client, replace(call, headers={**call.headers, "If-Match": tag}))

    for stale in ('"999999999"', f'"{"0" * 32}"', 'W/"1"', "nonsense", ""):
        refused = await change(stale)
        assert (refused.status_code, refused.json().get("type")) == (412, "precondition-failed"), stale
        assert "changed" in refused.json()["detail"]
    done = await change("*")
    assert done.is_success, done.text
    if is_edit:
        assert (await change(done.headers["etag"])).is_success


def test_whatever_takes_it_is_asked(app: FastAPI) -> None:
    """An operation whose description promises 412 is among those that are asked for it, and no other is."""
    described = {
        operation["operationId"]
        for path in app.openapi()["paths"].values()
        for operation in path.values()
        if any(one.get("name", "").lower() == "if-match" for one in operation.get("parameters", []))
    }
    edits = {name for name, one in operations(app).items() if one.method in ("PATCH", "PUT")}
    assert described == (edits - WITHOUT.keys()) | RESTS_ON_WHAT_WAS_READ
    assert WITHOUT.keys() <= edits


async def test_what_is_read_names_what_an_edit_was_made_on(world: World) -> None:
    client, path = (await world.people.operator()).client, "/api/auth/me"
    seen = {"If-Match": (await client.get(path)).headers["etag"]}
    made = await client.patch(path, {"full_name": "Naledi Dlamini"}, headers=seen)
    assert made.status_code == 200
    assert made.headers["etag"] == (await client.get(path)).headers["etag"] != seen["If-Match"]
    assert (await client.patch(path, {"full_name": "Naledi Nkosi"}, headers=seen)).status_code == 412
    assert (await client.get(path)).json()["full_name"] == "Naledi Dlamini"
