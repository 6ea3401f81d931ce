"""Addresses of Redis as people and providers write them, and as our clients take them.

The one place where they are read: the checks of the settings and the broker both come here. A client of Redis takes
whatever parameter an address has, and fails at its first command; here it is refused before anything starts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

_BEGINNINGS = ("redis://", "rediss://", "unix://")
_EXAMPLE = "rediss://:password@host:6379/0"
#: Digits of a database's number: more databases than servers are set up with (sixteen, unless they are told otherwise).
_DIGITS_MAX = 4
#: The last one of those: ours is followed by that of the queues.
_LAST_DATABASE = 15


class RedisAddressRefused(ValueError):
    """Why an address cannot be used, as the rest of a sentence that begins with the name of its setting."""


def _is_database(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:
        # A certificate itself in place of its path is too long for a name.
        return False


def _is_folder(text: str) -> bool:
    try:
        return Path(text).is_dir()
    except OSError:
        return False


#: What may follow the question mark, each with what its value must be.
_PARAMETERS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "db": (_is_database, "the number of a database"),
    "username": (bool, "a name"),
    "password": (bool, "a password"),
}
_TLS_PARAMETERS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "ssl_cert_reqs": (lambda text: text in ("none", "optional", "required"), "none, optional or required"),
    "ssl_check_hostname": (lambda text: text.lower() in ("true", "false"), "true or false"),
    "ssl_ca_certs": (_is_file, "a file that is there"),
    "ssl_ca_path": (_is_folder, "a folder that is there"),
    "ssl_certfile": (_is_file, "a file that is there"),
    "ssl_keyfile": (_is_file, "a file that is there"),
}


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """Where Redis is, and which of its databases is ours."""

    parts: SplitResult
    parameters: Mapping[str, str]
    database: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``rediss://:password@host:port/0?ssl_ca_certs=…`` or ``unix:///path/of/socket?db=0``.

        Raises:
            RedisAddressRefused: it is none, or has a parameter that is unknown or has no such value.
        """
        if any(character.isspace() for character in text):
            raise RedisAddressRefused("must contain no blanks, not even at the beginning or the end")
        try:
            parts = urlsplit(text)
            # A # of a password that was not escaped would end the address there, and make its beginning the host.
            is_complete = "#" not in text and bool(parts.path if parts.scheme == "unix" else parts.hostname)
            is_complete = is_complete and parts.port != 0
        except ValueError as error:
            raise _no_address() from error
        if not text.startswith(_BEGINNINGS) or not is_complete:
            raise _no_address()
        parameters = _read_parameters(parts)
        in_path = "" if parts.scheme == "unix" else parts.path.removeprefix("/").removesuffix("/")
        if in_path and not _is_database(in_path):
            raise RedisAddressRefused(f"must end in the number of a database: write {_EXAMPLE}")
        if in_path and "db" in parameters:
            raise RedisAddressRefused("names its database twice: leave out db=")
        database = int(in_path or parameters.get("db", "0"))
        if database == _LAST_DATABASE:
            raise RedisAddressRefused(
                f"must name another database than {_LAST_DATABASE}: the queues use the next one, which few servers have"
            )
        return cls(parts, parameters, database)

    @property
    def is_verified(self) -> bool:
        """Tell whether a client encrypts, and insists on the server's certificate and on its name in it."""
        return (
            self.parts.scheme == "rediss"
            and self.parameters.get("ssl_cert_reqs", "required") == "required"
            and self.parameters.get("ssl_check_hostname", "true").lower() == "true"
        )

    def at(self, database: int) -> str:
        """Return the address of one of its databases."""
        if self.parts.scheme == "unix":
            query = urlencode({**self.parameters, "db": str(database)}, quote_via=quote)
            # The library would leave out the slashes where there is no login, and a client insists on them.
            return f"unix://{self.parts.netloc}{self.parts.path}?{query}"
        rest = {name: value for name, value in self.parameters.items() if name != "db"}
        return urlunsplit(self.parts._replace(path=f"/{database}", query=urlencode(rest, quote_via=quote)))


def _no_address() -> RedisAddressRefused:
    return RedisAddressRefused(f"is no address of a Redis server: write {_EXAMPLE}")


def _read_parameters(parts: SplitResult) -> dict[str, str]:
    known = {**_PARAMETERS, **(_TLS_PARAMETERS if parts.scheme == "rediss" else {})}
    parameters: dict[str, str] = {}
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name not in known:
            if name in _TLS_PARAMETERS:
                raise RedisAddressRefused(f"has {name}, which only an address that begins with rediss:// may have")
            # Not named: behind a question mark or an ampersand that was not escaped it is part of a password.
            raise RedisAddressRefused(f"has an unknown parameter: known are {', '.join(known)}")
        if name in parameters:
            raise RedisAddressRefused(f"has {name} twice")
        fits, form = known[name]
        if not fits(value):
            raise RedisAddressRefused(f"has a parameter that cannot be used: {name} must be {form}")
        parameters[name] = value
    return parameters
