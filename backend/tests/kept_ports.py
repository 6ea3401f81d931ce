"""Ports that a test may bind to something else, and that are as they were when it is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from capecontrol.core.ports import Ports


@contextmanager
def kept(ports: Ports, *names: type[Any]) -> Iterator[None]:
    """Put back what stands in these ports, however the block ends."""
    before = {name: ports.get(name) for name in names}
    try:
        yield
    finally:
        for name, implementation in before.items():
            ports.provide(name, implementation)
