"""Ports: what the product needs from outside, found by the protocol that describes it."""

from typing import Self, TypeVar, cast

P = TypeVar("P")


class PortMissing(LookupError):
    """Nothing was provided for a port: a wiring mistake."""


class Ports:
    """A registry from a protocol to the one object that fulfils it in this process."""

    def __init__(self) -> None:
        """Start empty; main/wiring fills it."""
        self._provided: dict[type[object], object] = {}

    def provide(self, port: type[P], implementation: P) -> None:
        """Bind a port to its implementation; the last binding wins, so that tests may replace one."""
        self._provided[port] = implementation

    def get(self, port: type[P]) -> P:
        """Return the implementation of a port.

        Raises:
            PortMissing: nothing was provided for it.
        """
        try:
            return cast("P", self._provided[port])
        except KeyError:
            raise PortMissing(f"no implementation of {port.__name__} is wired") from None

    def copy(self) -> Self:
        """Return a registry of its own with the same bindings, for an application beside the first one."""
        other = type(self)()
        other._provided = dict(self._provided)
        return other
