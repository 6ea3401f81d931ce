"""Words of enumerations are found in any case: CP writes ``Success`` where we write ``SUCCESS``."""

from enum import Enum
from typing import get_args

import pytest
from fastapi import FastAPI

from capecontrol.core.http.filtering import filter_in_body
from capecontrol.core.lists.list_filter import ListFilter
from capecontrol.features.audit.filters import AuditFilter
from tests.security.world import World

LISTS = {
    "/api/audit": ("outcome", ("Success", "denied")),
    "/api/audit/export.csv": ("outcome", ("Success",)),
    "/api/projects": ("status", ("in_progress", "Draft")),
    "/api/proposals": ("status", ("Sent",)),
    "/api/billing/invoices": ("status", ("Paid",)),
    "/api/workflows": ("status", ("active",)),
    "/api/orgs": ("plan", ("free",)),
}


@pytest.mark.parametrize("path", LISTS)
async def test_a_word_is_found_in_any_case(path: str, world: World) -> None:
    client = world.operator.client
    name, words = LISTS[path]
    for word in words:
        answer, ours = [await client.get(path, params={name: one}) for one in (word, word.upper())]
        assert answer.status_code == ours.status_code == 200, answer.text
        if not path.endswith(".csv"):
            assert answer.json()["total"] == ours.json()["total"]
            assert {one.get(name) for one in answer.json()["items"]} <= {word.upper()}
    refused = await client.get(path, params={name: "nothing"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, f"/{name}")


def test_a_bulk_operation_is_told_a_filter_likewise(app: FastAPI) -> None:
    del app
    told = filter_in_body(AuditFilter, {"outcome": "sUcCess", "action": "Project.created"}, "filter")
    assert (told.outcome, told.action) == ("SUCCESS", "Project.created")


def test_no_two_words_of_a_filter_differ_in_their_case_only() -> None:
    for one in ListFilter.__subclasses__():
        for field in one.model_fields.values():
            for kind in (field.annotation, *get_args(field.annotation)):
                if isinstance(kind, type) and issubclass(kind, Enum):
                    assert len({str(member.value).lower() for member in kind}) == len(kind)
