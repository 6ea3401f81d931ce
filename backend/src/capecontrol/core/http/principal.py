"""Who calls: a credential as it was shown, and its holder once the record confirms it."""

from dataclasses import dataclass
from typing import Protocol

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import Scope
from capecontrol.core.problems import Problem
from capecontrol.core.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose credential held.

    ``scope`` is what their units of work see; None where they must say each time which organization they mean.
    ``blocked_by`` refuses them everything but the routes that name its class (``while_blocked``). ``record`` is what
    the feature that keeps the credential read of its holder: its own routes need not read it again.
    ``is_confirmed`` tells that a person has shown a short while ago that it is them.
    """

    actor: Actor
    scope: Scope | None
    blocked_by: Problem | None = None
    record: object = None
    is_confirmed: bool = False


class Shown(Protocol):
    """A credential that is good as far as can be told without the record."""

    @property
    def scope(self) -> Scope | None:
        """Return where its holder is looked up, and acts."""
        ...

    async def confirm(self, work: UnitOfWork) -> Principal:
        """Return its holder, looked up in a unit of work of the scope: the request's own, where it has one.

        Raises:
            Unauthenticated: the credential does not hold (any more).
        """
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """A credential whose holder needed no unit of work to be found."""

    principal: Principal

    @property
    def scope(self) -> Scope | None:
        """Return the holder's scope."""
        return self.principal.scope

    async def confirm(self, work: UnitOfWork) -> Principal:
        """Return the holder."""
        del work
        return self.principal


class Authenticator(Protocol):
    """Reads the tokens of people's sessions. The identity feature implements it."""

    def read(self, token: str) -> Shown:
        """Return what a token says, checked by its signature and times alone.

        Raises:
            Unauthenticated: it is not ours, or not valid now.
        """
        ...
