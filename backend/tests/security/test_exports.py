"""An export has the rows that its list shows to the same caller, in the same order, and no cell that would be run."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import ARRAY, Text, bindparam, cast, func, literal, select, update

from capecontrol.core.db.copied_statement import CopiedStatement
from capecontrol.core.export.column import FORMULA_STARTS, Column
from capecontrol.core.export.csv_list import BYTE_ORDER_MARK
from capecontrol.main.features import metadata
from tests.client import Client
from tests.features import list_exceptions
from tests.features.billing.builders import build_invoice
from tests.security.call import Call
from tests.security.callers import Callers
from tests.security.served_lists import LISTS, fill_lists
from tests.security.world import World
from tests.seeded_random import SeededRandom

#: Those that can be saved, by their operation.
EXPORTED = {name: listed for name, listed in LISTS.items() if name not in list_exceptions.NOT_EXPORTED}
#: Whose rows differ: of each realm, of another organization, of roles that read other lists.
READERS = ("OPE", "AUD", "DEV", "OWN", "USE", "fOW")
#: What a list is narrowed by, too. The audit log has its own exports, so that it is longer once it was saved.
NARROWED = {"list_projects": "status=DRAFT", "list_proposals": "status=SENT"}
ALWAYS_NARROWED = {"list_audit_events": "action=project."}
QUERIES = [(name, ALWAYS_NARROWED.get(name, "")) for name in EXPORTED] + list(NARROWED.items())
#: What people, or programs that are not ours, write: a formula in each of these columns.
WRITTEN = {
    "projects": ("title", "code"),
    "organizations": ("name", "domain"),
    "proposals": ("title", "decided_by_name", "decided_name", "decision_note"),
    "invoices": ("title", "number"),
    "payments": ("note",),
    "workflow_instances": ("template_name", "failure_reason"),
    "executions": ("error_message", "engine_execution_id"),
    "workflow_templates": ("name", "category", "description"),
    "n8n_environments": ("name", "base_url", "version", "check_failure"),
    "outbox": ("last_error", "request_id"),
    "users": ("full_name",),
}


@pytest.fixture(scope="module")
async def things(world: World, callers: Callers) -> Mapping[str, Call]:
    """Some of everything; the calls of the lists that are about one thing."""
    return await fill_lists(world, await callers.get("OPE", "OPE"), 3)


def _addresses(name: str, query: str, things: Mapping[str, Call]) -> tuple[str, str]:
    """Return the addresses of a list and of its export, each with a query begun."""
    path = EXPORTED[name].path(things.get(name, Call()))
    return f"{path}?{query}", f"{path}/export.csv?{query}"


async def export(client: Client, address: str) -> list[dict[str, str]]:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    text = answer.content.removeprefix(BYTE_ORDER_MARK).decode()
    assert text.count("\r\n") == text.count("\n") - _lines_in_cells(text), "every row ends as RFC 4180 says"
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _lines_in_cells(text: str) -> int:
    cells = (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row)
    return sum(cell.count("\n") - cell.count("\r\n") for cell in cells)


async def walk(client: Client, address: str) -> list[dict[str, Any]]:
    """Return the rows of a list, by its cursor."""
    items: list[dict[str, Any]] = []
    cursor = ""
    while True:
        answer = await client.get(f"{address}&limit=2{cursor}")
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        if answer.json()["next_cursor"] is None:
            return items
        cursor = f"&cursor={answer.json()['next_cursor']}"


@pytest.mark.parametrize(
    ("name", "query", "column"),
    [(name, query, column) for name, query in QUERIES for column in EXPORTED[name].readers(*READERS)],
)
async def test_the_rows_are_those_of_the_list(
    name: str, query: str, column: str, things: Mapping[str, Call], callers: Callers
) -> None:
    pages, file = _addresses(name, query, things)
    client = await callers.get(column, column)

    shown = await walk(client, pages)

    exported = await export(client, file)
    assert [row["id"] for row in exported] == [item["id"] for item in shown]
    assert shown or column.startswith("f")
    for row, item in zip(exported, shown, strict=True):
        for name in row.keys() & {"status", "title", "name", "number", "code", "actor", "plan"}:
            # Another test of this world writes formulas into everything.
            assert row[name].removeprefix("'") == item[name], name


@pytest.mark.parametrize(("name", "query"), QUERIES)
async def test_every_order_is_the_lists(name: str, query: str, things: Mapping[str, Call], callers: Callers) -> None:
    pages, file = _addresses(name, query, things)
    client = await callers.get("OPE", "OPE")
    assert (await client.get(f"{file}&sort=nothing")).status_code == 422
    for sort in EXPORTED[name].sorts:
        shown = [item["id"] for item in await walk(client, f"{pages}&sort={sort}")]
        assert [row["id"] for row in await export(client, f"{file}&sort={sort}")] == shown, sort


async def test_amounts_are_decimals_with_their_currency(world: World, callers: Callers) -> None:
    await build_invoice(world)
    client = await callers.get("OPE", "OPE")
    [item, *_] = (await client.get("/api/billing/invoices")).json()["items"]

    [row, *_] = await export(client, "/api/billing/invoices/export.csv")

    minor = item["total"]["amount"]
    assert (row["total"], row["currency"]) == (f"{minor // 100}.{minor % 100:02}", item["total"]["currency"])
    assert row["balance"] == "0.00"


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (20987558, "ZAR", "209875.58"),
        (5, "EUR", "0.05"),
        (-5, "EUR", "-0.05"),
        (0, "ZAR", "0.00"),
        (1500, "JPY", "1500"),
        (1500, "KWD", "1.500"),
        (9_007_199_254_740_991, "ZAR", "90071992547409.91"),
    ],
)
async def test_an_amount_has_the_decimals_of_its_currency(
    minor: int, currency: str, written: str, world: World
) -> None:
    amount = Column.amount("amount", bindparam("minor", minor), bindparam("currency", currency, Text))
    async with world.unit() as work:
        copied = await CopiedStatement(select(amount.written)).lines(work.transaction, {})
    assert copied.lines == f"{written}\r\n".encode()


async def test_no_cell_is_a_formula(world: World, things: Mapping[str, Call], callers: Callers) -> None:
    async with world.unit() as work:
        for name, columns in WRITTEN.items():
            table = metadata.tables[name]
            formula = literal("=1+") + cast(table.c.id, Text)
            await work.session.execute(update(table).values(dict.fromkeys(columns, formula)))
    await world.owner_sql('update invoices set buyer = buyer || \'{"name": "@SUM(A1)", "project_code": "-1"}\'')
    client = await callers.get("OPE", "OPE")
    guarded = set()
    for listed in EXPORTED:
        _, file = _addresses(listed, "", things)
        for row in await export(client, file):
            for name, cell in row.items():
                assert not cell.startswith(tuple(FORMULA_STARTS)), (listed, name, cell)
                if cell.startswith("'"):
                    guarded.add((listed, name))
    # The probe wrote what it meant to write.
    assert len(guarded) >= 25, guarded


#: What an unfriendly person makes texts of.
PARTS = [
    *FORMULA_STARTS, "\t", "\r", "\n", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2028", "\x01", "\x1f", '"', "'",
    ",", ";", "\r\n", "a", "Z", "0", "é", "\U0001f600", "א", "=1+1", "cmd|' /C calc'!A0", "\\", "\\.", "{", "}",
]  # fmt: skip


async def test_any_text_comes_as_it_was_or_as_text(world: World) -> None:
    """Ten thousand texts of hostile parts: a cell reads as what was written, with apostrophes before formulas."""
    dice = SeededRandom(20261122)
    texts = ["".join(dice.one_of(PARTS) for _ in range(dice.below(7))) for _ in range(10_000)]

    cells = [row[0] for row in csv.reader(await _written(world, texts), strict=True)]
    assert cells == [_guarded(text) for text in texts]


@pytest.mark.parametrize("parting", [";", "\t"])
async def test_no_cell_is_a_formula_where_cells_are_parted_otherwise(parting: str, world: World) -> None:
    """A program that parts cells by semicolons or tabs takes a mark in the middle of a cell for a letter."""
    dice = SeededRandom(20261123)
    texts = ["".join(dice.one_of(PARTS) for _ in range(dice.below(9))) for _ in range(10_000)]
    texts += ["a;=1+1", "a\t=1+1", "a\n=1+1", "a\r=1+1", 'a;"=1+1"', "a; \u200b=1+1", "a\n\n=1+1", "a;;=1", "a;\n\t=1"]

    file = await _written(world, texts)

    for row in csv.reader(file, delimiter=parting):
        for cell in row:
            assert not _is_formula(cell), (cell, row)


async def _written(world: World, texts: list[str]) -> io.StringIO:
    """Return a file of these texts, each between two cells of ours."""
    given = func.unnest(bindparam("texts", type_=ARRAY(Text)))
    table = given.table_valued("written", with_ordinality="place").render_derived()
    cells = [Column.text("text", table.c.written).written, Column.own("end", table.c.place).written]
    statement = CopiedStatement(select(*cells).order_by(table.c.place))
    async with world.unit() as work:
        copied = await statement.lines(work.transaction, {"texts": texts})
    assert copied.lines is not None
    return io.StringIO(copied.lines.decode(), newline="")


#: What a program may skip where a cell or a row begins.
BLANKS = {one for one in map(chr, range(1, 0x10000)) if unicodedata.category(one) in ("Cc", "Cf", "Zs", "Zl", "Zp")}
PARTING = frozenset("\t\r\n")
BEHIND_PARTING = re.compile(
    r"([;\t\r\n])(?=[" + re.escape("".join({'"', *BLANKS} - PARTING)) + "]*[" + re.escape(FORMULA_STARTS) + "])"
)


def _guarded(text: str) -> str:
    behind = BEHIND_PARTING.sub(r"\1'", text)
    return f"'{behind}" if text[:1] in PARTING or _is_formula(text) else behind


def _is_formula(text: str) -> bool:
    return unicodedata.normalize("NFKC", text.lstrip("".join(BLANKS))[:1])[:1] in ("=", "+", "-", "@")


def test_every_form_of_a_formulas_beginning_is_known() -> None:
    every = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    assert set(FORMULA_STARTS) == {one for one in every if unicodedata.normalize("NFKC", one)[0] in "=+-@"}
