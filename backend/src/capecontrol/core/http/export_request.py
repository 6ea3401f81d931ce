"""Who asked for an export, what is recorded of it, and in which units its parts are read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request

from capecontrol.core.actor import Actor
from capecontrol.core.audit import Outcome
from capecontrol.core.export.csv_list import CsvList
from capecontrol.core.http.access import units_of
from capecontrol.core.http.export_places import ExportPlaces
from capecontrol.core.http.request_state import request_state
from capecontrol.core.http.route import route_of
from capecontrol.core.http.state import http_state
from capecontrol.core.work import UnitOfWork


class ExportRequest:
    """A request for a file: whose it is, in which units it is read, and what is recorded of it."""

    def __init__(self, request: Request) -> None:
        """Take the request, whose caller was let in."""
        self._request = request
        self._units = units_of(request)
        #: What is in the file was there then.
        self.began_at = self._units.clock.now()

    @property
    def places(self) -> ExportPlaces:
        """Return the places of the process."""
        return http_state(self._request).exports

    @property
    def actor(self) -> Actor:
        """Return who asked for it."""
        return self._units.actor

    @property
    def filter(self) -> dict[str, str]:
        """Return the filter as it was sent, what the address names among it."""
        sent = self._request.query_params
        names = route_of(self._request).query_names - {"sort"}
        return self._request.path_params | {name: sent[name] for name in sorted(names) if name in sent}

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """Open a unit of work to read a part in, when the caller is still let in.

        Raises:
            Unauthenticated: the session has ended since, or its person was disabled.
            Forbidden: they may not have the file any more.
        """
        known = request_state(self._request)
        if known.shown is None or known.shown.scope is None:
            raise LookupError("an export was asked for by nobody")
        async with http_state(self._request).factory.unit(Actor.anonymous(), known.shown.scope, known.origin) as work:
            yield await route_of(self._request).readmit(self._request, work)

    async def record(self, action: str, listed: CsvList, outcome: Outcome, **metadata: object) -> None:
        """Record an act in a transaction of its own."""
        async with self._units.open() as work:
            await work.record(
                f"{listed.area}.{action}", resource=(listed.name, None), outcome=outcome, metadata=metadata
            )
