"""`make audit`: a source that does not answer is no clean bill."""

import importlib
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPTS = Path(__file__).parents[3] / "scripts"
CLEAN = {"name": "alembic", "version": "1.20.1", "vulns": []}
SKIPPED = {"name": "anyio", "skip_reason": "Dependency not found on PyPI and could not be audited: anyio (4.16.0)"}
KNOWN = {"name": "bcrypt", "version": "5.0.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["5.0.1"]}]}
COUNTED = {"dependencies": {"total": 15}}


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("audit")


def answer(*dependencies: dict[str, Any]) -> str:
    return json.dumps({"dependencies": list(dependencies), "fixes": []})


@pytest.mark.parametrize(
    ("output", "packages", "findings", "is_audited"),
    [
        (answer(CLEAN, CLEAN), 2, [], True),
        (answer(CLEAN, KNOWN), 2, ["bcrypt 5.0.0: PYSEC-2026-1"], True),
        # What pip-audit 2.10 wrote, with exit code 0, where PyPI could not be reached.
        (answer(SKIPPED, SKIPPED), 2, [], False),
        (answer(KNOWN, SKIPPED), 2, ["bcrypt 5.0.0: PYSEC-2026-1"], False),
        (answer(CLEAN), 2, [], False),
        ("", 2, [], False),
        ("Traceback (most recent call last):", 2, [], False),
    ],
)
def test_a_package_that_nobody_answered_for_is_not_audited(
    audit: ModuleType, output: str, packages: int, findings: list[str], is_audited: bool
) -> None:
    verdict = audit.read_pip_audit("Python", output, packages)
    assert (list(verdict.findings), not verdict.not_audited) == (findings, is_audited)
    assert any("NOT AUDITED" in sentence for sentence in verdict.sentences()) is not is_audited


@pytest.mark.parametrize(
    ("output", "findings", "is_audited"),
    [
        ({"vulnerabilities": {}, "metadata": COUNTED}, [], True),
        ({"vulnerabilities": {"vite": {"severity": "high"}}, "metadata": COUNTED}, ["vite: high"], True),
        # What npm 11 wrote for a registry that has no advisories.
        ({"message": "405 Method Not Allowed", "statusCode": 405, "error": {"summary": ""}}, [], False),
    ],
)
def test_a_registry_without_advisories_is_no_clean_bill(
    audit: ModuleType, output: dict[str, Any], findings: list[str], is_audited: bool
) -> None:
    verdict = audit.read_npm_audit("npm", json.dumps(output))
    assert (list(verdict.findings), not verdict.not_audited) == (findings, is_audited)


def test_the_exit_code_tells_clean_known_and_unknown_apart(
    audit: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    clean = audit.Verdict("npm", 15)
    unknown = audit.Verdict("Python", 73, not_audited=("nobody answered",))
    known = audit.Verdict("Python", 73, findings=("bcrypt 5.0.0: PYSEC-2026-1",))
    assert audit.conclude([clean], []) == 0
    assert "Audited: nothing known." in capsys.readouterr().out
    assert audit.conclude([clean, unknown], []) == 2
    assert "this is NOT a clean audit: Python" in capsys.readouterr().out
    assert audit.conclude([clean], ["sbom/back-end.cdx.json could not be written"]) == 2
    assert audit.conclude([known, unknown], []) == 1
    assert "bcrypt 5.0.0: PYSEC-2026-1" in capsys.readouterr().out
