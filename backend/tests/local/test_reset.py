from __future__ import annotations

import signal
from pathlib import Path

import pytest

from capecontrol.local.failure import LocalFailure
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.reset import remove_local_data
from tests.local.local_run import LocalRunProcess, eventually


def test_it_removes_everything_and_says_so(local_run: LocalRunProcess, home: Path) -> None:
    local_run.start()
    local_run.signal(signal.SIGTERM)
    assert home in remove_local_data(home)
    assert not home.exists()
    local_run.start()
    assert local_run.is_answering()


def test_it_refuses_while_a_run_uses_the_data(local_run: LocalRunProcess, home: Path) -> None:
    local_run.start()
    with pytest.raises(LocalFailure, match="already runs at"):
        remove_local_data(home)
    assert local_run.is_answering()


def test_it_stops_what_a_killed_run_left_behind(local_run: LocalRunProcess, home: Path) -> None:
    local_run.start()
    assert eventually(lambda: "grandchild" in local_run.processes())
    orphans = local_run.processes()
    local_run.signal(signal.SIGKILL)
    remove_local_data(home)
    assert [name for name, identity in orphans.items() if identity.is_running()] == []


def test_it_leaves_a_folder_alone_that_no_run_has_made_its_own(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam")
    with pytest.raises(LocalFailure, match="nothing was removed"):
        remove_local_data(tmp_path)
    assert (tmp_path / "letter.txt").exists()


@pytest.mark.usefixtures("as_root")
def test_it_removes_a_database_that_lives_elsewhere(home: Path) -> None:
    home.chmod(0o700)
    server = EmbeddedPostgres(home, durable=False)
    server.start()
    server.stop()
    assert server.data.parent in remove_local_data(home)
    assert not server.data.parent.exists()
