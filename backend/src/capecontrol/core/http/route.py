"""The route contract: the order of refusal (ARCHITECTURE.md, *How a request travels*), and idempotency.

All that precedes 404 is settled here, before FastAPI looks at parameters; 404 comes from dependencies that look objects
up, which FastAPI runs before it validates the body.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar, cast

from fastapi import params
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Send
from starlette.types import Scope as ASGIScope

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import Scope
from capecontrol.core.http.access import Access, ConfirmationRequired, OrganizationNotNamed, RequiresUnit, units_of
from capecontrol.core.http.addresses import closer_forms, offer
from capecontrol.core.http.body import members_max_of
from capecontrol.core.http.body_types import FORM, MULTIPART, BodyType
from capecontrol.core.http.envelope import Envelope, Opened
from capecontrol.core.http.gate import Gate, PermissionMissing
from capecontrol.core.http.head import head_of
from capecontrol.core.http.idempotency.claim import KeyClaim, Replay
from capecontrol.core.http.limit_checks import check_limits
from capecontrol.core.http.principal import Known, Principal, Shown
from capecontrol.core.http.reads import Reads
from capecontrol.core.http.request_state import request_state
from capecontrol.core.http.sent_parameters import Handler, SentParameters
from capecontrol.core.http.state import HttpState, http_state
from capecontrol.core.http.surface import Surface, surface_at
from capecontrol.core.http.upload import OneFile
from capecontrol.core.problems import NotFound, Unauthenticated
from capecontrol.core.telemetry import bind_caller
from capecontrol.core.work import UnitOfWork

M = TypeVar("M")


class AccessUndeclared(TypeError):
    """A route does not say who may call it: a programming error, found when the application is built."""


def _marks(dependant: Dependant, kind: type[M]) -> Iterator[M]:
    """Yield the markers of a kind in a signature."""
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, kind):
            yield dependency.call
        yield from _marks(dependency, kind)


def _query_names(dependant: Dependant) -> Iterator[str]:
    """Yield the names of the query's parameters in a signature."""
    for field in dependant.query_params:
        yield field.alias
    for dependency in dependant.dependencies:
        yield from _query_names(dependency)


class ContractRoute(APIRoute):
    """A route that holds the contract."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Read from the signature who may call the route and what it takes, and from the path its surface.

        Raises:
            AccessUndeclared: it does not say who may.
            LimitNeverCounts: a limit counts callers, whom it does not know.
        """
        super().__init__(path, endpoint, **options)
        self._beginning = path.partition("{")[0]
        #: Forms of addresses that mean other routes; known once all routes are there.
        self._closer: tuple[re.Pattern[str], ...] | None = None
        self.surface = surface_at(path)
        accesses = list(dict.fromkeys(_marks(self.dependant, Access)))
        if not accesses:
            raise AccessUndeclared(f"{path}: no requires(), authenticated(), optional() or public() in the signature")
        self.gate = Gate(self.surface, accesses, self.operation_id or self.name, self.summary or "")
        self.has_own_unit = any(isinstance(access, RequiresUnit) for access in accesses)
        self.takes_key = all(access.takes_key for access in accesses)
        check_limits(path, self.gate, self.surface.credential)
        self.envelope = self._envelope()

    def matches(self, scope: ASGIScope) -> tuple[Match, ASGIScope]:
        """Tell whether an address is the route's; most are not by their first letters, which is found out quickly."""
        if not scope["path"].startswith(self._beginning) and not scope.get("root_path"):
            return Match.NONE, {}
        match, found = super().matches(scope)
        if match is Match.NONE or self._gives_way(scope):
            return Match.NONE, {}
        return Match.FULL if self._offers(scope["method"]) else match, found

    async def handle(self, scope: ASGIScope, receive: Receive, send: Send) -> None:
        """Serve a request, or say what may be done here.

        Raises:
            MethodNotAllowed: its method is not offered.
            TooManyRequests: its address asked for that too often.
        """
        if self._offers(scope["method"]):
            await self.app(scope, receive, send)
            return
        await self.gate.count_stranger(Request(scope))
        await offer(scope)(scope, receive, send)

    def _offers(self, method: str) -> bool:
        """Tell whether the route serves a method; HEAD is GET without the content."""
        return ("GET" if method == "HEAD" else method) in (self.methods or ())

    def _gives_way(self, scope: ASGIScope) -> bool:
        """Tell whether another route is meant by an address of this one's form."""
        if self._closer is None:
            self._closer = closer_forms(self.path, scope["app"].routes)
        return any(form.match(scope["path"]) for form in self._closer)

    @property
    def permissions(self) -> list[str]:
        """Return the permissions that a caller must hold, all of them; none for a public route."""
        return [str(access.permission) for access in self.gate.accesses if access.permission is not None]

    @property
    def query_names(self) -> frozenset[str]:
        """Return the names of the parameters that the route reads from the query."""
        return frozenset(_query_names(self.dependant))

    async def readmit(self, request: Request, work: UnitOfWork) -> UnitOfWork:
        """Return another unit of work of a request as its caller's, who is looked up anew: for answers that take long.

        Raises:
            Unauthenticated: their credential does not hold any more.
            Forbidden: they may not call the route any more.
        """
        shown = request_state(request).shown
        if shown is None:
            raise LookupError("nobody was let in")
        principal = await shown.confirm(work)
        self.gate.authorize(request, http_state(request), principal)
        return replace(work, actor=principal.actor)

    def get_route_handler(self) -> Handler:
        """Return FastAPI's handler behind the gate."""
        parameters = SentParameters(self.path, self.dependant, self._handler_of)

        async def served(request: Request) -> Response:
            state, request = http_state(request), self.surface.admit(request)
            await self.gate.count_address(request)
            try:
                shown = request_state(request).shown = await self.gate.read_credential(request, state)
                if shown is not None and self.envelope.takes_file:
                    await self._admit_sender(request, state, shown)
                opened = await self.envelope.open(request)
                try:
                    handle = parameters.handler(opened.request)
                    if self.has_own_unit and shown is not None and shown.scope is not None:
                        return await self._serve_in_one_unit(opened, state, shown, shown.scope, handle)
                    return await self._serve(opened, state, shown, handle)
                except Replay as replay:
                    return replay.response
                finally:
                    # Lets go of uploaded files, whether the route saw them or not.
                    await opened.request.close()
            except Unauthenticated:
                await self.gate.count_stranger(request)
                raise
            except NotFound:
                self.gate.note_foreign(request, state)
                raise
            except (PermissionMissing, ConfirmationRequired) as refused:
                await self.gate.record_refusal(request, state, refused)
                raise

        async def contract(request: Request) -> Response:
            response = await served(request)
            return head_of(response) if request.method == "HEAD" else response

        return contract

    async def _admit_sender(self, request: Request, state: HttpState, shown: Shown) -> None:
        """Let in who sends a file before it is read, since it may be large and come slowly; and again afterwards.

        Raises:
            Problem: what is refused by the head of the request, or by who sends it.
        """
        known = request_state(request)
        known.principal = principal = await self._confirmed(request, state, shown)
        await self.gate.count_caller(request, principal)
        self.envelope.check_head(request)
        self.gate.authorize(request, state, principal)

    def _handler_of(self, dependant: Dependant) -> Handler:
        """Return FastAPI's handler for a part of what the signature asks for; all of it stays documented."""
        whole, self.dependant = self.dependant, dependant
        try:
            return super().get_route_handler()
        finally:
            self.dependant = whole

    async def _serve_in_one_unit(
        self, opened: Opened, state: HttpState, shown: Shown, scope: Scope, handle: Handler
    ) -> Response:
        """Serve a request in one transaction: who calls, the effect, the answer for its key, all or nothing.

        What it wrote is committed before the first byte of the answer is sent. One that only read ends behind it.
        """
        request = opened.request
        known = request_state(request)
        async with state.factory.unit(Actor.anonymous(), scope, known.origin, may_linger=True) as unknown:
            principal = await shown.confirm(unknown)
            known.work = work = replace(unknown, actor=principal.actor)
            claim = await self._admit(opened, state, principal)
            if claim is None:
                return await handle(request)
            await claim.claim(work)
            response = await handle(request)
            await claim.answer(work, response)
            return response

    async def _serve(self, opened: Opened, state: HttpState, shown: Shown | None, handle: Handler) -> Response:
        """Serve a request whose action opens its units itself."""
        principal = None if shown is None else await self._confirmed(opened.request, state, shown)
        claim = await self._admit(opened, state, principal)
        if self.has_own_unit:
            raise OrganizationNotNamed()
        if claim is None:
            return await handle(opened.request)
        units = units_of(opened.request)
        async with claim.phases(units):
            response = await handle(opened.request)
        await claim.answer_phases(units, response)
        return response

    async def _confirmed(self, request: Request, state: HttpState, shown: Shown) -> Principal:
        """Return the holder of a credential, looked up in a unit that ends before anything else begins."""
        if isinstance(shown, Known):
            return shown.principal
        scope = shown.scope
        if scope is None:
            raise LookupError("a credential without a scope must know its holder")
        async with state.factory.unit(Actor.anonymous(), scope, request_state(request).origin) as work:
            return await shown.confirm(work)

    async def _admit(self, opened: Opened, state: HttpState, principal: Principal | None) -> KeyClaim | None:
        """Let a request through that may pass, and return its claim on an idempotency key."""
        request = opened.request
        known = request_state(request)
        # Who sends a file was counted before it came.
        is_counted, known.principal = known.principal is not None, principal
        if principal is not None:
            bind_caller(principal.actor)
            if not is_counted:
                await self.gate.count_caller(request, principal)
        opened.check()
        self.gate.authorize(request, state, principal)
        known.claim = await self._claim(opened, state, principal)
        return known.claim

    async def _claim(self, opened: Opened, state: HttpState, principal: Principal | None) -> KeyClaim | None:
        request = opened.request
        if request.method != "POST" or not self.takes_key:
            return None
        address = request_state(request).origin.ip_address or "unknown"
        caller = str(principal.actor.id) if principal else f"address:{address}"
        return await KeyClaim.read(request, opened.body, caller, state.factory.keyring, state.twins)

    def _envelope(self) -> Envelope:
        """Return what the signature takes: a payload in its forms, or the body of FastAPI's parameters."""
        for reads in _marks(self.dependant, Reads):
            return Envelope(reads.body_types, reads.takes_gzip, is_required=True, members_max=reads.members_max)
        if self.body_field is None:
            return Envelope()
        field = self.body_field.field_info
        body_max = next((one.body_max for one in _marks(self.dependant, OneFile)), None)
        return Envelope(
            (_body_type(field, self.surface),), members_max=members_max_of(field.annotation), body_max=body_max
        )


def route_of(request: Request) -> ContractRoute:
    """Return the route that serves a request."""
    return cast("ContractRoute", request.scope["route"])


def _body_type(field: object, surface: Surface) -> BodyType:
    if isinstance(field, params.File):
        return MULTIPART
    return FORM if isinstance(field, params.Form) else surface.json
