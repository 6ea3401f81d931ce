"""`make migration`: what the changed models need, found without a database at hand."""

import shutil
import subprocess
import sys
from pathlib import Path

from capecontrol.local.new_migration import write_migration
from capecontrol.main.database.migration import scripts_folder

BACKEND = scripts_folder().parent


def test_models_that_did_not_change_need_nothing(tmp_path: Path) -> None:
    shutil.copytree(BACKEND / "migrations", tmp_path / "migrations")
    shutil.copy(BACKEND / "alembic.ini", tmp_path)
    existing = set(tmp_path.glob("migrations/versions/*.py"))

    assert write_migration("add notes", tmp_path) == 0

    (new,) = set(tmp_path.glob("migrations/versions/*.py")) - existing
    assert new.name.endswith("_add_notes.py")
    assert "op." not in new.read_text().partition("def upgrade")[2]


def test_a_migration_without_a_name_is_refused() -> None:
    command = [sys.executable, "-m", "capecontrol.local.new_migration", ""]
    answer = subprocess.run(command, cwd=BACKEND, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr.strip()) == (1, 'Say what it does: `make migration NAME="add notes"`.')
