"""How the callers of a surface show who they are."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from starlette.requests import Request

from capecontrol.core.actor import Actor, ActorType
from capecontrol.core.client_address import parse_address
from capecontrol.core.credentials import BearerCredential, BearerCredentials
from capecontrol.core.crypto import digest, same
from capecontrol.core.db.scope import OrganizationScope
from capecontrol.core.http.limits import Subject
from capecontrol.core.http.principal import Known, Principal, Shown
from capecontrol.core.http.request_state import request_state
from capecontrol.core.http.state import HttpState
from capecontrol.core.problems import Forbidden, Unauthenticated


class AddressNotAllowed(Forbidden):
    """The key is bound to other addresses."""

    slug: ClassVar[str] = "auth/address-not-allowed"
    title: ClassVar[str] = "This key may not be used from this address"


class KeyRequired(Unauthenticated):
    """A machine did not show a key that holds."""

    title: ClassVar[str] = "This request needs an API key"


class Credential(Protocol):
    """A kind of credential: where it stands in a request, and who knows whether it holds."""

    @property
    def schemes(self) -> dict[str, dict[str, Any]]:
        """Return its security schemes for the OpenAPI document, by name; any one of them will do."""
        ...

    @property
    def refusal(self) -> type[Unauthenticated]:
        """Return how it is refused, for the OpenAPI document."""
        ...

    @property
    def subjects(self) -> frozenset[Subject]:
        """Return as whom its holders can be counted."""
        ...

    def is_shown(self, request: Request) -> bool:
        """Tell whether a request carries one, good or bad."""
        ...

    async def read(self, request: Request, state: HttpState) -> Shown:
        """Return the one that a request shows.

        Raises:
            Unauthenticated: there is none, or it cannot hold.
        """
        ...


def _bearer(request: Request) -> str | None:
    """Return the token of ``Authorization: Bearer``."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


@dataclass(frozen=True, slots=True)
class SessionToken:
    """A person's access token."""

    @property
    def schemes(self) -> dict[str, dict[str, Any]]:
        """Return the bearer scheme."""
        return {"session": {"type": "http", "scheme": "bearer", "description": "An access token of /api/auth/login."}}

    @property
    def refusal(self) -> type[Unauthenticated]:
        """Return what speaks of signing in."""
        return Unauthenticated

    @property
    def subjects(self) -> frozenset[Subject]:
        """Return the person, and the organization whose member they are."""
        return frozenset({Subject.ACTOR, Subject.ORGANIZATION})

    def is_shown(self, request: Request) -> bool:
        """Tell whether there is an ``Authorization`` header."""
        return "authorization" in request.headers

    async def read(self, request: Request, state: HttpState) -> Shown:
        """Return what the token says."""
        token = _bearer(request)
        if token is None:
            raise Unauthenticated()
        return state.authenticator.read(token)


#: What a key may look like: longer or other text is looked up nowhere.
_KEY = re.compile(r"(?P<id>[A-Za-z0-9_-]{1,64})\.(?P<secret>[A-Za-z0-9_-]{16,256})", re.ASCII)
#: Query parameters in which clients send keys; addresses end in logs and histories.
_IN_QUERY = frozenset({"access_token", "api_key", "api-key", "apikey", "x-api-key", "authorization"})
_KEY_HEADER = "x-api-key"
#: Compared with where there is no such key, so that an unknown one takes as long as a wrong secret.
_DECOY = digest("nobody's")


def _is_in_address(request: Request) -> bool:
    return any(name.lower() in _IN_QUERY for name in request.query_params)


@dataclass(frozen=True, slots=True)
class BearerKey:
    """``key_id.secret`` of a machine, in ``Authorization: Bearer`` or ``X-API-Key``. ``port`` says who stores them."""

    port: type[BearerCredentials]

    @property
    def schemes(self) -> dict[str, dict[str, Any]]:
        """Return the two headers."""
        description = "`key_id.secret` of a managed app. The secret is shown once, when the key is made."
        return {
            "key": {"type": "http", "scheme": "bearer", "description": description},
            "keyHeader": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": description},
        }

    @property
    def refusal(self) -> type[Unauthenticated]:
        """Return what speaks of keys."""
        return KeyRequired

    @property
    def subjects(self) -> frozenset[Subject]:
        """Return the key, and the organization that it is bound to alone."""
        return frozenset({Subject.KEY, Subject.ORGANIZATION})

    def is_shown(self, request: Request) -> bool:
        """Tell whether there is one of the two headers, or a key where none belongs."""
        return "authorization" in request.headers or _KEY_HEADER in request.headers or _is_in_address(request)

    async def read(self, request: Request, state: HttpState) -> Shown:
        """Return the key's holder.

        Only a caller who knows the secret learns why a key stopped working.

        Raises:
            KeyRequired: missing, unknown, wrong, expired, revoked, its app disabled, or sent in the address.
            AddressNotAllowed: it is bound to other addresses.
        """
        if _is_in_address(request):
            raise KeyRequired(
                "Keys in the URL are never accepted, and this one is no longer secret. Revoke it, "
                "and send a new one in the Authorization: Bearer or X-API-Key header."
            )
        shown = _KEY.fullmatch(_bearer(request) or request.headers.get(_KEY_HEADER, "").strip())
        if shown is None:
            raise KeyRequired("Send your key (key_id.secret) in the Authorization: Bearer or X-API-Key header.")
        stored = await state.ports.get(self.port).find(shown["id"])
        is_right = same(digest(shown["secret"]), stored.secret_hash if stored else _DECOY)
        if stored is None or not is_right:
            raise KeyRequired("This key isn't valid.", internal="wrong secret" if stored else "unknown key")
        self._check_alive(stored, state)
        self._check_address(stored, request_state(request).origin.ip_address)
        return Known(_principal_of(stored))

    @staticmethod
    def _check_alive(stored: BearerCredential, state: HttpState) -> None:
        if stored.revoked_at is not None:
            raise KeyRequired("This key has been revoked.")
        if stored.expires_at is not None and stored.expires_at <= state.factory.clock.now():
            raise KeyRequired("This key has expired.")
        if not stored.is_app_active:
            raise KeyRequired("The app this key belongs to is disabled.")

    @staticmethod
    def _check_address(stored: BearerCredential, address: str | None) -> None:
        if not stored.networks:
            return
        seen = parse_address(address)
        if seen is None or not any(seen in network for network in stored.networks):
            raise AddressNotAllowed()


def _principal_of(stored: BearerCredential) -> Principal:
    """Return a key's holder.

    Only a key of exactly one organization has a scope of its own. Any other says each time which organization it means
    (``Units.of_organization``), or the action opens the platform's scope and gives the reason.
    """
    org_id = stored.key.only_org_id
    actor = Actor(
        kind=ActorType.APP,
        id=stored.id,
        org_id=org_id,
        permissions=stored.scopes,
        key=stored.key,
    )
    return Principal(actor, OrganizationScope(org_id) if org_id else None, stored.blocked_by)


@dataclass(frozen=True, slots=True)
class NoCredential:
    """Nobody: a surface whose credentials do not exist yet."""

    @property
    def schemes(self) -> dict[str, dict[str, Any]]:
        """Return none."""
        return {}

    @property
    def refusal(self) -> type[Unauthenticated]:
        """Return the plain refusal."""
        return Unauthenticated

    @property
    def subjects(self) -> frozenset[Subject]:
        """Return none."""
        return frozenset()

    def is_shown(self, request: Request) -> bool:
        """Tell that none is."""
        del request
        return False

    async def read(self, request: Request, state: HttpState) -> Shown:
        """Refuse."""
        del request, state
        raise Unauthenticated()
