"""Fixtures of the processes' tests."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from capecontrol.local.valkey import EmbeddedValkey
from tests.main.processes import Processes
from tests.servers import empty_database, outbox_template, own_valkey, stage
from tests.stage import Stage

__all__ = ["empty_database", "outbox_template", "own_valkey", "stage"]


@pytest.fixture
def processes(tmp_path: Path, stage: Stage, own_valkey: EmbeddedValkey) -> Iterator[Processes]:
    """Processes of the stage, none of which outlives the test."""
    folder = tmp_path / "processes"
    folder.mkdir()
    (folder / "given.json").write_text(json.dumps({"database": stage.url, "redis": own_valkey.url}))
    started = Processes(folder)
    yield started
    for child in started.children:
        if child.poll() is None:
            child.kill()
        child.wait()
