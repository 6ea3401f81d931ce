"""A plugin for coverage: what it tells greenlets apart by, without a hang of Python 3.11.

Coverage keeps its place in each greenlet by a weak reference to it. When a thread has ended, its main greenlet is
released by a pending call of the interpreter; the reference's callback is traced; and if another thread ends meanwhile,
CPython 3.11 asks the second pending call to run, for ever, before the callback's first line. So a thread's main
greenlet is known by an object of the thread's own, which is released in the thread itself.
"""

from __future__ import annotations

import threading
from typing import Any
from unittest import mock

import greenlet
from coverage import plugin_support
from coverage.collector import Collector


class _Place:
    """Stands for the main greenlet of a thread."""


class _Own(threading.local):
    """What each thread has of its own."""

    def __init__(self) -> None:
        self.place = _Place()


_OWN = _Own()


def identity() -> object:
    """Return what coverage keeps its place by: the greenlet, or what stands for a thread's main one."""
    current = greenlet.getcurrent()
    return _OWN.place if current.parent is None else current


def coverage_init(registry: plugin_support.Plugins, options: dict[str, Any]) -> None:
    """Let the collectors that are made from now on tell greenlets apart by ``identity``."""
    del registry, options
    initialize = Collector.__init__

    def initialize_by_identity(self: Collector, *args: Any, **kwargs: Any) -> None:
        initialize(self, *args, **kwargs)
        if self.concur_id_func is not None:
            self.concur_id_func = identity

    mock.patch.object(Collector, "__init__", initialize_by_identity).start()
