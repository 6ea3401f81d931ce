"""The gate of a route: who is asking, how often, and whether they may (401, 429, 403)."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from capecontrol.core.actor import Actor
from capecontrol.core.audit import Outcome
from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.http.access import Access, ConfirmationRequired
from capecontrol.core.http.blocked_attempts import ASKED, REFUSED
from capecontrol.core.http.counting import count, count_source
from capecontrol.core.http.csrf import SAFE_METHODS
from capecontrol.core.http.limits import OF_CALLERS, STRANGERS, Subject
from capecontrol.core.http.principal import Principal, Shown
from capecontrol.core.http.request_state import request_state
from capecontrol.core.http.state import HttpState
from capecontrol.core.http.surface import Surface
from capecontrol.core.permissions import Permission
from capecontrol.core.problems import Forbidden


class PermissionMissing(Forbidden):
    """The caller's role or scopes lack a permission. Told as any refusal is, and recorded."""

    def __init__(self, permission: Permission) -> None:
        """Keep which one, for the record; the caller is not told."""
        super().__init__()
        self.permission = permission


@dataclass(frozen=True, slots=True)
class _Recorded:
    """As what a refusal is recorded, and among which others it is counted."""

    action: str
    outcome: Outcome
    counted_as: str
    details: Mapping[str, str]

    @classmethod
    def of(cls, refused: PermissionMissing | ConfirmationRequired) -> "_Recorded":
        """Return how a refusal is recorded.

        A question for the password is no denial: the person may do it, and goes on. It is on record all the same: who
        sits at somebody else's unlocked screen and gives up at the question leaves no other trace.
        """
        if isinstance(refused, ConfirmationRequired):
            return cls("access.confirmation_asked", Outcome.SUCCESS, ASKED, {})
        details = {"reason": refused.slug, "permission": str(refused.permission)}
        return cls("access.denied", Outcome.DENIED, REFUSED, details)


class Gate:
    """What a route's markers demand of its callers, on its surface."""

    def __init__(self, surface: Surface, accesses: Sequence[Access], operation: str, summary: str) -> None:
        """Join the markers, once for all requests."""
        self.accesses = accesses
        #: Whether nobody may call the route without a credential.
        self.demands_caller = any(access.demands_caller for access in accesses)
        #: Whether a credential that is sent is looked at.
        self.takes_caller = self.demands_caller or any(access.is_optional for access in accesses)
        #: Whether unsafe methods need the token pair.
        self.checks_csrf = surface.checks_csrf and any(access.checks_csrf for access in accesses)
        #: The rate limits of all markers.
        self.limits = list(dict.fromkeys(limit for access in accesses for limit in access.limits))
        self._counts_strangers = all(access.counts_strangers for access in accesses)
        self._asks_confirmation = any(access.asks_confirmation for access in accesses)
        self._credential = surface.credential
        self._operation = operation
        self._summary = summary

    @property
    def is_counted(self) -> bool:
        """Tell whether any request to the route is counted."""
        return self.takes_caller or self._counts_strangers or bool(self.limits)

    async def count_address(self, request: Request) -> None:
        """Count a request for the address that it came from, before all else.

        Who shows a credential is counted by what that tells: many may share an address.

        Raises:
            TooManyRequests: it was over a limit.
        """
        for limit in self.limits:
            if limit.by is Subject.ADDRESS:
                await count_source(request, limit)
        if not (self.takes_caller and self._credential.is_shown(request)):
            await self.count_stranger(request)

    async def count_stranger(self, request: Request) -> None:
        """Count a request of nobody known, once.

        Raises:
            TooManyRequests: there were too many from its address.
        """
        known = request_state(request)
        if self._counts_strangers and not known.is_stranger:
            known.is_stranger = True
            await count_source(request, STRANGERS)

    async def read_credential(self, request: Request, state: HttpState) -> Shown | None:
        """Return the credential that a request shows; None from somebody who need not show one.

        Raises:
            Unauthenticated: none was sent, or it cannot hold.
        """
        if self.demands_caller or (self.takes_caller and self._credential.is_shown(request)):
            return await self._credential.read(request, state)
        return None

    async def count_caller(self, request: Request, principal: Principal) -> None:
        """Count a request for who makes it.

        Raises:
            TooManyRequests: they were over a limit.
        """
        subjects = _subjects_of(principal.actor)
        for limit in (*(OF_CALLERS[kind] for kind in subjects), *self.limits):
            if limit.by is not Subject.ADDRESS and (subject := subjects.get(limit.by)) is not None:
                await count(request, limit, subject)

    def authorize(self, request: Request, state: HttpState, principal: Principal | None) -> None:
        """Let through who may.

        Raises:
            PermissionMissing: the caller lacks the permission; the attempt is to be recorded.
            Forbidden: something else keeps the caller out, or the CSRF pair is wrong.
            ConfirmationRequired: the password was not typed lately.
        """
        for access in self.accesses:
            if principal is None or not access.demands_caller:
                continue
            if access.permission is not None and not principal.actor.can(access.permission):
                raise PermissionMissing(access.permission)
            if principal.blocked_by is not None and not isinstance(principal.blocked_by, access.while_blocked):
                # The store of credentials may give the same one each time: it must not grow with each raise.
                raise principal.blocked_by.with_traceback(None)
        if request.method not in SAFE_METHODS and self.checks_csrf:
            state.csrf.check(request)
        if self._asks_confirmation and principal is not None and not principal.is_confirmed:
            raise ConfirmationRequired("Enter your password to continue.")

    async def record_refusal(
        self, request: Request, state: HttpState, refused: PermissionMissing | ConfirmationRequired
    ) -> None:
        """Record a blocked attempt, and what blocked it, in a transaction of its own: the request's was rolled back.

        Of somebody who tries without end most are counted only.
        """
        known, scope = request_state(request), PlatformScope("http: record a blocked attempt")
        if known.principal is None:
            raise LookupError("nobody was refused")
        actor, recorded = known.principal.actor, _Recorded.of(refused)
        if not state.blocked_attempts.admits_refusal(actor, known.origin, recorded.counted_as):
            return
        metadata = {**recorded.details, "summary": self._summary}
        resource: tuple[str, uuid.UUID | str] = ("operation", self._operation)
        # The innermost is what they wanted to act on; the others are where it lies.
        for kind, identifier in state.path_objects.named_in(request.path_params):
            resource, metadata["operation"] = (kind.kind, identifier), self._operation
        async with state.factory.unit(actor, scope, known.origin) as work:
            await work.record(
                recorded.action, resource=resource, org_id=actor.org_id, outcome=recorded.outcome, metadata=metadata
            )

    def note_foreign(self, request: Request, state: HttpState) -> None:
        """Note that a member of an organization asked for what they do not see: it may be another organization's."""
        known = request_state(request)
        principal = known.principal
        if principal is None or principal.actor.id is None or not isinstance(principal.scope, OrganizationScope):
            return
        if named := state.path_objects.named_in(request.path_params):
            state.blocked_attempts.note(principal.actor, known.origin, self._operation, self._summary, named)


def _subjects_of(actor: Actor) -> dict[Subject, str]:
    """Return as whom a caller's requests are counted."""
    subjects: dict[Subject, str] = {}
    if actor.is_person and actor.id is not None:
        subjects[Subject.ACTOR] = str(actor.id)
    if actor.key is not None:
        subjects[Subject.KEY] = actor.key.key_id
    if actor.org_id is not None:
        subjects[Subject.ORGANIZATION] = str(actor.org_id)
    return subjects
