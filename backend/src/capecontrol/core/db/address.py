"""Addresses of PostgreSQL databases as people and providers write them, and as our driver takes them.

The one place where they are read: engines, migrations and the checks of the settings all come here.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from capecontrol.core.db.tls import SYSTEM_AUTHORITIES, Tls, TlsMode, TlsRefused

DRIVER = "postgresql+asyncpg"
_SCHEMES = ("postgres", "postgresql", DRIVER)
_EXAMPLE = "postgresql://login:password@host:5432/database?sslmode=verify-full"


class AddressRefused(ValueError):
    """Why an address cannot be used, as the rest of a sentence that begins with the name of its setting."""


#: Parameters that go on to the driver, each under the driver's name.
_DRIVER_ARGUMENTS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "connect_timeout": ("timeout", float),
    "prepared_statement_cache_size": ("prepared_statement_cache_size", int),
    "statement_cache_size": ("statement_cache_size", int),
    "target_session_attrs": ("target_session_attrs", str),
}
#: Parameters that become settings of the session.
_SESSION_SETTINGS = ("application_name", "options")
_TLS = ("ssl", "sslmode", "sslrootcert", "sslcert", "sslkey")
#: Protections of libpq that our driver lacks: only their absence can be promised.
_LACKING: Mapping[str, tuple[str, ...]] = {"gssencmode": ("disable", "prefer"), "sslnegotiation": ("postgres",)}


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """Where a database is, who signs in, and how the way there is protected."""

    url: URL
    tls: Tls
    arguments: Mapping[str, object]
    session_settings: Mapping[str, str]

    @classmethod
    def parse(cls, text: str, environment: Mapping[str, str] = os.environ) -> Self:
        """Read ``postgresql://login:password@host:port/database?sslmode=…``.

        Args:
            text: with or without our driver's name in the scheme.
            environment: where libpq's ``PGSSLMODE``, ``PGSSLROOTCERT``, ``PGSSLCERT`` and ``PGSSLKEY`` stand in for
                parameters that the address lacks.

        Raises:
            AddressRefused: it is none, or has a parameter that is unknown or contradicts another one.
        """
        try:
            url = make_url(text)
        except (ArgumentError, ValueError) as error:
            raise AddressRefused(f"is no address of a PostgreSQL database: write {_EXAMPLE}") from error
        if url.drivername not in _SCHEMES:
            raise AddressRefused(f"is no address of a PostgreSQL database: write {_EXAMPLE}")
        query = {name: value if isinstance(value, str) else value[-1] for name, value in url.query.items()}
        place = {name: value for name, value in url.query.items() if name in ("host", "port")}
        if url.host and place:
            raise AddressRefused("names its host twice, and the driver takes the second: leave out host= and port=")
        if not (url.host or place.get("host")):
            raise AddressRefused(f"names no host: write {_EXAMPLE}")
        tls = _read_tls(query, environment)
        _refuse_what_is_lacking(query, tls)
        known = {*_TLS, *_DRIVER_ARGUMENTS, *_SESSION_SETTINGS, *_LACKING, "channel_binding", *place}
        if unknown := sorted(query.keys() - known):
            raise AddressRefused(f"has an unknown parameter: {', '.join(unknown)}")
        return cls(
            url=url.set(drivername=DRIVER, query=place),
            tls=tls,
            arguments=_read_arguments(query),
            session_settings={name: query[name] for name in _SESSION_SETTINGS if name in query},
        )

    @property
    def is_socket(self) -> bool:
        """Tell whether it leads to a socket of this machine, and over no network."""
        given = self.url.query.get("host", "")
        hosts = given.split(",") if isinstance(given, str) else given
        return all(host.startswith("/") for host in hosts)

    @property
    def place(self) -> tuple[str, int]:
        """Return host and port, for a sentence and for a comparison."""
        host = self.url.host or self.url.query["host"]
        return (host if isinstance(host, str) else ",".join(host)), self.url.port or 5432

    def connect_args(self, *, session_settings: Mapping[str, str] | None = None, **defaults: object) -> dict[str, Any]:
        """Return the arguments of the driver; what the address says wins over the defaults.

        Raises:
            AddressRefused: a file of TLS cannot be used.
        """
        try:
            argument = self.tls.argument()
        except TlsRefused as error:
            raise AddressRefused(str(error)) from error
        settings = {**(session_settings or {}), **self.session_settings}
        return {**defaults, **self.arguments, "ssl": argument} | ({"server_settings": settings} if settings else {})

    def create_engine(
        self,
        *,
        connect_args: Mapping[str, object] | None = None,
        session_settings: Mapping[str, str] | None = None,
        **options: Any,
    ) -> AsyncEngine:
        """Return an engine that is not connected yet; the options are SQLAlchemy's.

        Raises:
            AddressRefused: a file of TLS cannot be used.
        """
        arguments = self.connect_args(session_settings=session_settings, **(connect_args or {}))
        return create_async_engine(self.url, connect_args=arguments, **options)


def _read_tls(query: Mapping[str, str], environment: Mapping[str, str]) -> Tls:
    if "ssl" in query and "sslmode" in query and query["ssl"] != query["sslmode"]:
        raise AddressRefused("has both ssl and sslmode, and they differ: write sslmode alone")
    root = query.get("sslrootcert") or environment.get("PGSSLROOTCERT") or None
    word = query.get("sslmode") or query.get("ssl") or environment.get("PGSSLMODE")
    if not word:
        # As libpq: who names the machine's authorities means to verify.
        word = TlsMode.VERIFY_FULL if root == SYSTEM_AUTHORITIES else TlsMode.PREFER
    try:
        mode = TlsMode(word)
    except ValueError as error:
        raise AddressRefused(f"has the unknown sslmode {word!r}: write one of {', '.join(TlsMode)}") from error
    # Where TLS is but hoped for, the driver reads the environment itself.
    given = {} if mode.is_advisory else environment
    return Tls(
        mode=mode,
        root=root,
        certificate=query.get("sslcert") or given.get("PGSSLCERT") or None,
        key=query.get("sslkey") or given.get("PGSSLKEY") or None,
    )


def _refuse_what_is_lacking(query: Mapping[str, str], tls: Tls) -> None:
    for name, promised in _LACKING.items():
        if query.get(name, promised[0]) not in promised:
            raise AddressRefused(f"asks for {name}={query[name]}, which our driver cannot do: leave it out")
    # Bound to the channel or not, nobody stands between us and a server whose certificate names it.
    if query.get("channel_binding") == "require" and not tls.is_verified:
        raise AddressRefused(
            "asks for channel_binding=require, which our driver cannot do: write sslmode=verify-full instead, "
            "which also prevents interception"
        )


def _read_arguments(query: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, (argument, convert) in _DRIVER_ARGUMENTS.items():
        if name not in query:
            continue
        try:
            found[argument] = convert(query[name])
        except ValueError as error:
            raise AddressRefused(f"has {name}={query[name]}, which is no number") from error
    return found
