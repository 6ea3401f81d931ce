"""What coverage tells greenlets apart by: as greenlet itself does, and nothing that dies in a pending call."""

import importlib
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import greenlet
import pytest

PLUGIN = Path(__file__).resolve().parents[3] / "scripts" / "coverage_plugin"


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    monkeypatch.syspath_prepend(str(PLUGIN))
    monkeypatch.delitem(sys.modules, "greenlet_identity", raising=False)
    identity: Callable[[], object] = importlib.import_module("greenlet_identity").identity
    return identity


def _in_another_thread(call: Callable[[], object]) -> object:
    told: list[object] = []
    thread = threading.Thread(target=lambda: told.append(call()))
    thread.start()
    thread.join()
    return told[0]


def test_each_greenlet_and_each_thread_is_told_from_the_others(identity: Callable[[], object]) -> None:
    inner = greenlet.greenlet(identity)

    assert identity() is identity()
    assert inner.switch() is inner
    assert _in_another_thread(identity) is not identity()


def test_no_main_greenlet_is_held(identity: Callable[[], object]) -> None:
    """It would be released by a pending call, where the callback of coverage's reference can hang Python 3.11."""
    assert not isinstance(identity(), greenlet.greenlet)
    assert not isinstance(_in_another_thread(identity), greenlet.greenlet)
