"""The route contract: the order of refusal, and idempotency.

429 by address → 401 (who are you) → 429 by caller → 415/413/400 (the envelope) → 403 (permission, what blocks the
caller, CSRF) → 404 → 422 → 409 …

All up to 403 is settled here, before FastAPI looks at parameters; 404 comes from dependencies that look objects up,
which FastAPI runs before it validates the body.
"""

from collections.abc import Callable, Coroutine, Iterator
from typing import Annotated, Any, TypeVar

from fastapi import params
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo
from starlette.requests import Request
from starlette.responses import Response

from capecontrol.core.http.access import Access, RequiresUnit, units_of
from capecontrol.core.http.body import members_max_of
from capecontrol.core.http.body_types import FORM, MULTIPART, BodyType
from capecontrol.core.http.envelope import Envelope
from capecontrol.core.http.gate import Gate
from capecontrol.core.http.idempotency.claim import KeyClaim, Replay
from capecontrol.core.http.limits import BY_CALLER, RECIPIENT_MAX, Recipient, Subject
from capecontrol.core.http.payload import Reads
from capecontrol.core.http.state import HttpState, Principal, http_state, origin_of
from capecontrol.core.http.surface import Surface, surface_at
from capecontrol.core.work import UnitOfWork

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
M = TypeVar("M")


class AccessUndeclared(TypeError):
    """A route does not say who may call it: a programming error, found when the application is built."""


class LimitNeverCounts(TypeError):
    """A limit counts whom the route does not know, or does not name: a programming error, found when it is built."""


def _marks(dependant: Dependant, kind: type[M]) -> Iterator[M]:
    """Yield the markers of a kind in a signature."""
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, kind):
            yield dependency.call
        yield from _marks(dependency, kind)


def _query_fields(dependant: Dependant) -> Iterator[tuple[str, FieldInfo]]:
    """Yield the parameters of the query in a signature."""
    for field in dependant.query_params:
        yield field.alias, field.field_info
    for dependency in dependant.dependencies:
        yield from _query_fields(dependency)


def _schema_of(field: FieldInfo) -> dict[str, Any]:
    annotation: Any = Annotated[field.annotation, field]
    return TypeAdapter[Any](annotation).json_schema()


class ContractRoute(APIRoute):
    """A route that holds the contract."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Read from the signature who may call the route and what it takes, and from the path its surface.

        Raises:
            AccessUndeclared: it does not say who may.
            LimitNeverCounts: a limit counts callers, whom it does not know, or a recipient, whom it does not name.
        """
        super().__init__(path, endpoint, **options)
        self.surface = surface_at(path)
        accesses = list(dict.fromkeys(_marks(self.dependant, Access)))
        if not accesses:
            raise AccessUndeclared(f"{path}: no requires(), authenticated(), optional() or public() in the signature")
        self.gate = Gate(self.surface, accesses, self.operation_id or self.name)
        self._check_subjects()
        self._check_recipients()
        self.envelope = self._envelope()

    @property
    def permissions(self) -> list[str]:
        """Return the permissions that a caller must hold, all of them; none for a public route."""
        return [str(access.permission) for access in self.gate.accesses if access.permission is not None]

    @property
    def has_own_unit(self) -> bool:
        """Tell whether the route class opens the request's one unit of work."""
        return any(isinstance(access, RequiresUnit) for access in self.gate.accesses)

    def get_route_handler(self) -> Handler:
        """Return FastAPI's handler behind the gate."""
        handle = super().get_route_handler()

        async def contract(request: Request) -> Response:
            state, request = http_state(request), self.surface.admit(request)
            principal = await self.gate.identify(request, state)
            request, body = await self.envelope.open(request)
            try:
                await self.gate.authorize(request, state, principal)
                await self.gate.count_recipient(request, state, body)
                request.scope["principal"] = principal
                return await self._serve(request, state, principal, handle)
            finally:
                # Lets go of uploaded files, whether the route saw them or not.
                await request.close()

        return contract

    async def _serve(
        self, request: Request, state: HttpState, principal: Principal | None, handle: Handler
    ) -> Response:
        """Serve a request that may pass, once for each idempotency key."""
        claim = await self._claim(request, state, principal)
        request.scope["idempotency"] = claim
        try:
            if claim is None:
                return await handle(request)
            if self.has_own_unit:
                return await _in_one_unit(request, claim, handle)
            return await _in_phases(request, claim, handle)
        except Replay as replay:
            return replay.response

    async def _claim(self, request: Request, state: HttpState, principal: Principal | None) -> KeyClaim | None:
        if request.method != "POST" or not all(access.takes_key for access in self.gate.accesses):
            return None
        caller = str(principal.actor.id) if principal else f"address:{origin_of(request).ip_address or 'unknown'}"
        return await KeyClaim.read(request, caller, state.factory.keyring, state.twins)

    def _check_subjects(self) -> None:
        subjects = {limit.by for limit in self.gate.limits if isinstance(limit.by, Subject)}
        by_caller = subjects & BY_CALLER
        known = self.surface.credential.subjects if self.gate.takes_caller else frozenset()
        if unknown := by_caller - known:
            raise LimitNeverCounts(
                f"{self.path}: the callers of this route have no {', '.join(sorted(unknown))}; "
                "count by address, by recipient, or by what its credential tells"
            )
        if by_caller and not self.gate.demands_caller and Subject.ADDRESS not in subjects:
            raise LimitNeverCounts(f"{self.path}: who leaves the credential out is not counted; add one by address")

    def _check_recipients(self) -> None:
        for limit in self.gate.limits:
            if isinstance(limit.by, Recipient) and not limit.by.is_text_in(self._named_in()):
                raise LimitNeverCounts(
                    f"{self.path}: {limit.by.pointer} is no single text of at most {RECIPIENT_MAX} characters of the "
                    "body, or of the query where there is no body, and would count nobody; point at one text outside "
                    "arrays, or count by something else"
                )

    def _named_in(self) -> dict[str, Any]:
        """Return the schema of where a recipient is named: the body, or the query where there is none."""
        if self.body_field is not None:
            return _schema_of(self.body_field.field_info)
        return {"properties": {name: _schema_of(field) for name, field in _query_fields(self.dependant)}}

    def _envelope(self) -> Envelope:
        """Return what the signature takes: a payload in its forms, or the body of FastAPI's parameters."""
        for reads in _marks(self.dependant, Reads):
            return Envelope(reads.body_types, reads.takes_gzip, is_required=True, members_max=reads.members_max)
        if self.body_field is None:
            return Envelope()
        field = self.body_field.field_info
        return Envelope((_body_type(field, self.surface),), members_max=members_max_of(field.annotation))


def _body_type(field: object, surface: Surface) -> BodyType:
    if isinstance(field, params.File):
        return MULTIPART
    return FORM if isinstance(field, params.Form) else surface.json


async def _in_one_unit(request: Request, claim: KeyClaim, handle: Handler) -> Response:
    response = await handle(request)
    work: UnitOfWork | None = request.scope.get("work")
    # Still inside the unit of work: it is committed when the function-scoped dependencies end, after this returns and
    # before the first byte is sent.
    if work is not None and response.status_code < 300:
        await claim.answer(work, response)
    return response


async def _in_phases(request: Request, claim: KeyClaim, handle: Handler) -> Response:
    units = units_of(request)
    async with claim.phases(units):
        response = await handle(request)
    await claim.answer_phases(units, response)
    return response
