"""The shape of the house: what import-linter cannot see."""

import ast
import sys
from pathlib import Path

import pytest
from sqlalchemy.orm import Mapper

import capecontrol
from capecontrol.core.db.base import Base, TableAccess
from capecontrol.main import registry

SOURCES = Path(capecontrol.__file__).parent
BACKEND = SOURCES.parents[1]
FEATURES = sorted(path for path in (SOURCES / "features").iterdir() if (path / "__init__.py").is_file())
MIGRATIONS = sorted((BACKEND / "migrations" / "versions").glob("*.py"))
HEADINGS = ("owns", "does not own", "life cycle", "invariants", "on failure")
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "shared", "lib"}
LINES_MAX = 400
WORDS = {"select", "insert", "update", "delete"}

#: Longer files, each with the reason that somebody accepted.
LONG_FILES: dict[str, str] = {
    "features/workflows/routes.py": "one router for environments, templates, workflows and callbacks: HTTP only",
    "features/workflows/schemas.py": "the bodies of those four",
}


def _python_files() -> list[Path]:
    return sorted(path for root in ("src", "tests") for path in (BACKEND / root).rglob("*.py"))


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.name)
def test_a_feature_tells_what_it_is(feature: Path) -> None:
    readme = feature / "README.md"
    assert readme.is_file(), f"{feature.name} has no README.md"
    headings = [line[3:].strip().lower() for line in readme.read_text().splitlines() if line.startswith("## ")]
    assert [heading for heading in headings if heading in HEADINGS] == list(HEADINGS)


def test_no_file_is_named_after_nothing() -> None:
    named = [path for path in _python_files() if path.stem in NAMELESS or path.parent.name in NAMELESS]
    assert named == []


def test_no_file_is_long() -> None:
    long = {
        str(path.relative_to(SOURCES)): lines
        for path in sorted(SOURCES.rglob("*.py"))
        if (lines := len(path.read_text().splitlines())) > LINES_MAX
    }
    assert long.keys() == LONG_FILES.keys(), long


@pytest.mark.parametrize("mapper", sorted(Base.registry.mappers, key=str), ids=lambda mapper: str(mapper.local_table))
def test_a_model_says_who_may_touch_it(mapper: Mapper[Base]) -> None:
    access = vars(mapper.class_).get("access")
    assert isinstance(access, TableAccess)
    for words in (access.runtime, access.signin, access.system):
        assert set(words.split()) <= WORDS


def test_every_models_file_is_in_the_registry() -> None:
    files = {path.parent.name for path in (SOURCES / "features").glob("*/models.py")}
    assert {module.__name__.split(".")[-2] for module in registry.FEATURES} == files


def test_nothing_is_imported_inside_functions_but_in_main() -> None:
    """A late import hides an arrow. main's command line may, so that each process loads what it runs."""
    late = [
        f"{path.relative_to(SOURCES)}:{inner.lineno}"
        for path in sorted(SOURCES.rglob("*.py"))
        if path.relative_to(SOURCES).parts[0] != "main"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert late == []


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda path: path.stem)
def test_a_migration_imports_nothing_that_can_change(migration: Path) -> None:
    """The past must not change with the present: ADR 0008."""
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(migration.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or "."] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
    }
    assert imported - {"alembic", "sqlalchemy"} <= sys.stdlib_module_names


def test_relationships_do_not_load_by_themselves() -> None:
    eager = [
        f"{mapper.class_.__name__}.{relation.key}"
        for mapper in Base.registry.mappers
        for relation in mapper.relationships
        if relation.lazy != "raise"
    ]
    assert eager == []
