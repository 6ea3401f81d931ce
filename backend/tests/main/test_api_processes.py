"""`capecontrol api` with several processes: they share the port, replace each other, and end together."""

import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from capecontrol.local.process import wait_until
from capecontrol.main.settings import Settings
from tests.api_process import ApiProcess, api_process

SECONDS = 60.0


@pytest.fixture
def pair(settings: Settings, tmp_path: Path) -> Iterator[ApiProcess]:
    """Two processes behind one port."""
    with api_process(settings, tmp_path, API_PROCESSES="2") as running:
        yield running


def _serving(parent: psutil.Process) -> set[int]:
    """Return the processes that take connections: those that multiprocessing spawned, but for its tracker."""
    return {child.pid for child in parent.children() if _is_serving(child)}


def _is_serving(child: psutil.Process) -> bool:
    try:
        return child.status() != psutil.STATUS_ZOMBIE and "spawn_main" in " ".join(child.cmdline())
    except psutil.NoSuchProcess:
        # It ended after its parent had been asked for its children.
        return False


def test_a_process_that_dies_is_replaced_and_all_end_together(pair: ApiProcess) -> None:
    parent = psutil.Process(pair.pid)
    assert wait_until(lambda: len(_serving(parent)) == 2, SECONDS)
    first = _serving(parent)
    victim = min(first)

    psutil.Process(victim).send_signal(signal.SIGKILL)
    assert wait_until(lambda: len(_serving(parent)) == 2 and victim not in _serving(parent), SECONDS)
    assert wait_until(pair.is_serving, SECONDS)

    everybody = [parent, *parent.children(recursive=True)]
    parent.send_signal(signal.SIGTERM)
    assert psutil.wait_procs(everybody, timeout=SECONDS)[1] == []
