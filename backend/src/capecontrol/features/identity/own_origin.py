"""Our own pages: the only ones that may sign somebody in, renew a session by its cookie, or end it by that."""

from collections.abc import Iterable, Mapping

from capecontrol.features.identity.errors import ForeignOrigin

#: What a browser says in ``Sec-Fetch-Site`` of a page of ours, and of no page at all.
_OURS = (None, "same-origin", "none")


class OwnOrigin:
    """Tells pages of ours from those of others, by what browsers say of them; other clients say nothing.

    Ours are the public address, and whatever name somebody reached us under: whoever could open our page there and
    sign in would otherwise be thrown out by the next renewal. Another site cannot be that, since its pages name
    itself as the origin and us as the host.
    """

    def __init__(self, public_url: str, *, trusted: Iterable[str] = (), is_secure: bool) -> None:
        """Take our address, origins that may act as our pages do (CORS), and whether cookies travel over TLS only."""
        self._public = public_url.rstrip("/")
        self._trusted = frozenset(trusted)
        self._is_secure = is_secure

    def check(self, headers: Mapping[str, str]) -> None:
        """Refuse what another site's page sent, by the headers of its request; their names are in lower case.

        Raises:
            ForeignOrigin: the browser says that it comes from elsewhere.
        """
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if origin in self._trusted:
            return
        if site in _OURS and (origin is None or site == "same-origin" or self._is_own(origin, headers)):
            return
        raise ForeignOrigin(f"Open {self._public} in your browser and sign in there.")

    def _is_own(self, origin: str, headers: Mapping[str, str]) -> bool:
        if origin == self._public:
            return True
        scheme, _, host = origin.partition("://")
        # Behind a proxy the scheme of the request is not the browser's.
        return host.lower() == headers.get("host", "").lower() and scheme in (
            ("https",) if self._is_secure else ("http", "https")
        )
