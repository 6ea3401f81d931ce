"""The shape of the house: what import-linter cannot see."""

import ast
import importlib
import re
import subprocess
import sys
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy.orm import Mapper

import capecontrol
from capecontrol.core.db.base import Base, TableAccess
from capecontrol.core.db.enum_text import EnumText
from capecontrol.core.feature import Feature
from capecontrol.core.http import Router
from capecontrol.core.mail import Mail
from capecontrol.main.features import CORE_MODELS, FEATURES, keyed_columns

SOURCES = Path(capecontrol.__file__).parent
BACKEND = SOURCES.parents[1]
FRONTEND = BACKEND.parent / "frontend"
FOLDERS = sorted(path for path in (SOURCES / "features").iterdir() if (path / "__init__.py").is_file())
MIGRATIONS = sorted((BACKEND / "migrations" / "versions").glob("*.py"))
HEADINGS = ("owns", "does not own", "life cycle", "invariants", "on failure")
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "shared", "lib"}
LINES_MAX = 320
WORDS = {"select", "insert", "update", "delete"}

#: Longer files, each with the reason that somebody accepted.
LONG_FILES: dict[str, str] = {}


def _python_files() -> list[Path]:
    return sorted(path for root in ("src", "tests") for path in (BACKEND / root).rglob("*.py"))


def _stems(folder: Path) -> list[str]:
    """Return a feature's modules, named from the feature on: ``models``, ``actions.send_proposal``."""
    files = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py") if path.stem != "__init__")
    return sorted(".".join(path.parts) for path in files)


def _is_mail_of(feature: Feature, value: object) -> bool:
    """Tell whether a value is a mail that this feature declares, not one that it imports."""
    package = f"capecontrol.features.{feature.name}."
    return isinstance(value, type) and issubclass(value, Mail) and value.__module__.startswith(package)


@pytest.mark.parametrize("feature", FOLDERS, ids=lambda path: path.name)
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


def test_main_lists_every_feature() -> None:
    assert sorted(feature.name for feature in FEATURES) == [path.name for path in FOLDERS]


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_gives_all_that_it_has(feature: Feature) -> None:
    """What is written but not given is silent: a route that is missing, an event that nobody hears."""
    folder = SOURCES / "features" / feature.name
    had = {file: importlib.import_module(f"capecontrol.features.{feature.name}.{file}") for file in _stems(folder)}
    assert {module.__name__ for module in feature.models} == {
        had[file].__name__ for file in had if file == "models" or file.startswith("models.")
    }
    routers = [value for module in had.values() for value in vars(module).values() if isinstance(value, Router)]
    assert {id(router) for router in feature.routers} == {id(router) for router in routers}
    assert feature.grants == getattr(had.get("permissions"), "GRANTS", {})
    assert feature.subscriptions == getattr(had.get("subscribers"), "SUBSCRIPTIONS", ())
    assert feature.schedule == getattr(had.get("jobs"), "SCHEDULE", ())
    own = {value for module in had.values() for value in vars(module).values() if _is_mail_of(feature, value)}
    assert set(feature.mails) == own


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_has_the_words_of_its_own_mails_and_no_others(feature: Feature) -> None:
    """Whoever changes what a mail says finds it beside what it is made of; words that nobody sends are found, too."""
    files = {path.name for path in (SOURCES / "features" / feature.name / "mails").glob("*")}
    assert files == {f"{mail.template}.{kind}" for mail in feature.mails for kind in ("txt", "html")}


def test_every_column_that_was_made_with_keys_is_given() -> None:
    """Else a key could be retired that it needs."""
    given = {(column.column.class_.__tablename__, column.column.key) for column in keyed_columns()}
    named = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if (column.name.endswith("_sealed") and column.name != "is_sealed") or column.name == "password_hash"
    }
    assert named - given == set()


def test_main_lists_the_tables_of_core() -> None:
    mapped = {mapper.class_ for mapper in Base.registry.mappers}
    assert {model for model in mapped if model.__module__.startswith("capecontrol.core.")} == set(CORE_MODELS)


def test_nothing_is_imported_inside_functions_but_by_the_command_line() -> None:
    """A late import hides an arrow. The command line may, so that each process loads what it runs."""
    late = [
        f"{path.relative_to(SOURCES)}:{inner.lineno}"
        for path in sorted(SOURCES.rglob("*.py"))
        if path.relative_to(SOURCES).parts[0] != "cli"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert late == []


def test_a_use_case_has_one_name() -> None:
    """A route that calls it something else makes its readers look twice at what is done."""
    renamed = [
        f"{path.relative_to(SOURCES)}:{node.lineno}"
        for path in sorted(SOURCES.glob("features/**/*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and ".actions" in (node.module or "")
        if any(one.asname for one in node.names)
    ]
    assert renamed == []


def test_every_feature_of_the_front_end_has_tests_of_its_own() -> None:
    features = [one for one in (FRONTEND / "src" / "features").iterdir() if one.is_dir()]
    assert [one.name for one in features if not any(one.rglob("*.test.ts*"))] == []


def test_a_front_end_test_answers_by_the_shared_double_alone() -> None:
    """What a test makes up for itself answers what our server never would; the double knows the API's description."""
    own = re.compile(r"""stubGlobal\(\s*.fetch|(?:globalThis|window)\.fetch\s*=|vi\.mock\(\s*.[^"']*api/generated""")
    files = [path for name in ("*.test.ts", "*.test.tsx") for path in (FRONTEND / "src").rglob(name)]
    assert [str(path.relative_to(FRONTEND)) for path in sorted(files) if own.search(path.read_text())] == []
    assert files


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


def test_production_loads_no_local_stand_in() -> None:
    """Nobody reaches a stand-in in production by a mistaken setting: the code is not there."""
    processes = [f"capecontrol.main.{name}" for name in ("api", "worker", "scheduler", "features", "wiring")]
    listing = f"import sys, {', '.join(processes)}; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True)
    loaded = [name for name in answer.stdout.split() if name.startswith("capecontrol.")]
    assert set(processes) <= set(loaded)
    assert [name for name in loaded if "local" in name.split(".")] == []


def test_relationships_do_not_load_by_themselves() -> None:
    eager = [
        f"{mapper.class_.__name__}.{relation.key}"
        for mapper in Base.registry.mappers
        for relation in mapper.relationships
        if relation.lazy != "raise"
    ]
    assert eager == []


def test_a_column_that_is_annotated_as_an_enumeration_is_one() -> None:
    """`Mapped[Status]` over plain text yields a str that mypy takes for a Status."""
    told = {
        f"{mapper.class_.__name__}.{name}"
        for mapper in Base.registry.mappers
        for base in mapper.class_.__mro__
        for name, annotation in getattr(base, "__annotations__", {}).items()
        if any(
            isinstance(kind, type) and issubclass(kind, Enum)
            for argument in get_args(annotation)
            for kind in (argument, *get_args(argument))
        )
    }
    are = {
        f"{mapper.class_.__name__}.{attribute.key}"
        for mapper in Base.registry.mappers
        for attribute in mapper.column_attrs
        if isinstance(attribute.columns[0].type, EnumText)
    }
    assert told - are == set()
    assert "Project.status" in told, "the walk sees annotations"
