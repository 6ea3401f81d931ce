"""Surfaces: the kinds of client that addresses serve, and what follows from that for all their routes.

The address alone tells the surface, because an unknown address has no router and must still be refused in the format
that the client reads. A router names its surface, and a path that lies on another one cannot be declared.
"""

from dataclasses import dataclass

from starlette.requests import Request

from capecontrol.core.credentials import BearerCredentials
from capecontrol.core.http.body_types import JSON, SCIM_JSON, BodyType
from capecontrol.core.http.credentials import BearerKey, Credential, NoCredential, SessionToken
from capecontrol.core.http.formats import ErrorFormat, OAuthError, OfrepError, ProblemDocument, ScimError


@dataclass(frozen=True, slots=True)
class Surface:
    """What the routes of one kind of client share.

    ``prefixes`` are where it lies; ``json`` is what it takes for JSON. A surface that reads no cookies does not even
    see them.
    """

    name: str
    credential: Credential
    errors: ErrorFormat
    prefixes: tuple[str, ...] = ()
    json: BodyType = JSON
    reads_cookies: bool = False
    checks_csrf: bool = False

    def admit(self, request: Request) -> Request:
        """Return the request as the surface's routes may see it."""
        if self.reads_cookies:
            return request
        headers = [(name, value) for name, value in request.scope["headers"] if name != b"cookie"]
        return Request({**request.scope, "headers": headers}, request.receive)


#: People: pages of ours, and the webhooks of others. Whatever lies on no other surface is its own.
BROWSER = Surface("browser", SessionToken(), ProblemDocument(), reads_cookies=True, checks_csrf=True)
#: Managed apps, with API keys.
MACHINE = Surface("machine", BearerKey(BearerCredentials), ProblemDocument(), prefixes=("/v1/",))
#: OpenFeature clients, with the same keys.
OFREP = Surface("ofrep", BearerKey(BearerCredentials), OfrepError(), prefixes=("/ofrep/",))
#: OAuth 2.0 and OpenID Connect clients. Its credentials come with the provider.
OAUTH = Surface("oauth", NoCredential(), OAuthError(), prefixes=("/oauth2/",))
#: Directories. Its tokens come with the connections.
SCIM = Surface("scim", NoCredential(), ScimError(), prefixes=("/scim/",), json=SCIM_JSON)

_NARROW = (MACHINE, OFREP, OAUTH, SCIM)


def surface_at(path: str) -> Surface:
    """Return the surface that an address lies on."""
    return next((surface for surface in _NARROW if f"{path}/".startswith(surface.prefixes)), BROWSER)
