from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from capecontrol.local.home import claim_home
from capecontrol.local.reset import remove_local_data
from tests.local.local_run import LocalRunProcess


@pytest.fixture
def home() -> Iterator[Path]:
    """A data folder of its own, removed with all that was started in it."""
    folder = Path(tempfile.mkdtemp(prefix="capecontrol-test-"))
    folder.chmod(0o711)
    claimed = claim_home(folder / "home")
    yield claimed
    if claimed.exists():
        remove_local_data(claimed, lambda _: True)
    shutil.rmtree(folder)


@pytest.fixture
def local_run(home: Path) -> Iterator[LocalRunProcess]:
    """A run of stubs in that folder, not yet started."""
    process = LocalRunProcess(home)
    yield process
    process.end()


@pytest.fixture
def as_root() -> None:
    """Skips where the question only arises for root."""
    if os.geteuid() != 0:
        pytest.skip("only root runs PostgreSQL as another account")
