"""TLS to PostgreSQL, with the meanings that libpq gives to ``sslmode`` and its companions."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

#: What libpq calls the certificate authorities that the machine trusts.
SYSTEM_AUTHORITIES = "system"


class TlsRefused(ValueError):
    """The settings of TLS contradict each other or name a file that cannot be used; the text says which."""


class TlsMode(StrEnum):
    """How much is asked of the server, from nothing to its name."""

    DISABLE = "disable"
    ALLOW = "allow"
    PREFER = "prefer"
    REQUIRE = "require"
    VERIFY_CA = "verify-ca"
    VERIFY_FULL = "verify-full"

    @property
    def is_advisory(self) -> bool:
        """Tell whether a connection goes on in the clear where the server speaks no TLS."""
        return self in (TlsMode.ALLOW, TlsMode.PREFER)


@dataclass(frozen=True, slots=True)
class Tls:
    """How connections to one server are protected.

    ``root`` is a file of authorities, ``system`` for the machine's, or None. ``certificate`` and ``key`` are files too:
    who we are.
    """

    mode: TlsMode
    root: str | None = None
    certificate: str | None = None
    key: str | None = None

    @property
    def is_verified(self) -> bool:
        """Tell whether nobody but the server of that name can answer."""
        return self.mode is TlsMode.VERIFY_FULL

    def argument(self) -> ssl.SSLContext | Literal["allow", "prefer", False]:
        """Return what asyncpg takes as ``ssl``.

        Raises:
            TlsRefused: a file cannot be used, or less is asked than the files promise.
        """
        if self.mode is TlsMode.DISABLE:
            return False
        self._refuse_contradictions()
        if self.mode is TlsMode.ALLOW:
            return "allow"
        if self.mode is TlsMode.PREFER:
            return "prefer"
        return self._context()

    def _refuse_contradictions(self) -> None:
        if self.root == SYSTEM_AUTHORITIES and self.mode is not TlsMode.VERIFY_FULL:
            raise TlsRefused(
                f"has sslmode={self.mode} with the machine's own authorities, which vouch for anybody: "
                "write sslmode=verify-full"
            )
        if self.root is None and self.mode is TlsMode.VERIFY_CA:
            raise TlsRefused(
                "has sslmode=verify-ca without sslrootcert, and the machine's own authorities vouch for anybody: "
                "name the file of the authority, or write sslmode=verify-full"
            )
        if self.mode.is_advisory and (self.certificate or self.key):
            raise TlsRefused(f"has sslcert or sslkey with sslmode={self.mode}: write sslmode=require or stricter")
        if self.key and not self.certificate:
            raise TlsRefused("has sslkey without sslcert: name both")

    def _context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        # As libpq: the common name counts where a certificate lists no names. Some managed servers' do not.
        context.hostname_checks_common_name = True
        context.check_hostname = self.mode is TlsMode.VERIFY_FULL
        context.set_alpn_protocols(["postgresql"])
        if self.root is None and self.mode is TlsMode.REQUIRE:
            context.verify_mode = ssl.CERT_NONE
        elif self.root is None or self.root == SYSTEM_AUTHORITIES:
            context.load_default_certs(ssl.Purpose.SERVER_AUTH)
        else:
            # Also for `require`: an authority that is named is asked (libpq does so, and calls it verify-ca).
            self._load("sslrootcert", self.root, lambda: context.load_verify_locations(cafile=self.root))
        if certificate := self.certificate:
            self._load("sslcert", certificate, lambda: context.load_cert_chain(certificate, self.key, _passphrase))
        return context

    def _load(self, name: str, path: str, load: Callable[[], None]) -> None:
        try:
            load()
        except FileNotFoundError as error:
            raise TlsRefused(f"names a file with {name} that is not there: {path}") from error
        except PermissionError as error:
            raise TlsRefused(f"names a file with {name} that this process may not read: {path}") from error
        except OSError as error:  # ssl.SSLError is one
            raise TlsRefused(f"names a file with {name} that holds no certificate or key to use: {path}") from error


def _passphrase() -> str:
    """Answer OpenSSL, which would ask at the terminal: a key that needs a passphrase is refused."""
    return ""
