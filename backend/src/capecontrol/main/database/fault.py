"""Faults of the settings that show only when the database is asked: told in a sentence, and not waited for."""

import ssl

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from capecontrol.core.db.address import DatabaseAddress
from capecontrol.main.settings.refused import SettingsRefused

#: What PostgreSQL answers to a login that it does not let in, and to a name that it does not know.
_NO_LOGIN = ("28000", "28P01")
_NO_DATABASE = ("3D000",)
_NO_RIGHT = ("42501",)
#: How our driver says that a server speaks no TLS.
_NO_TLS = "rejected SSL upgrade"


def settings_fault(error: BaseException, url: URL, name: str = "DATABASE_URL") -> SettingsRefused | None:
    """Return what is wrong with the address of the database; None when the database is away, and may come back.

    Args:
        error: what a connection ended with.
        url: where it should have led.
        name: the setting that holds the address.
    """
    place = url.host or "this machine's socket"
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = cause.verify_message or cause.reason or "it cannot be verified"
            return SettingsRefused([f"{name} leads to {place}, whose certificate is not trusted: {why.rstrip('.')}"])
        if isinstance(cause, ssl.SSLError) and "ALERT" in (cause.reason or ""):
            return SettingsRefused(
                [f"{name} leads to {place}, which refuses our certificate or lacks one: see sslcert"]
            )
        if isinstance(cause, ConnectionError) and _NO_TLS in str(cause):
            return SettingsRefused([f"{name} demands TLS (sslmode), which the server at {place} does not speak"])
        state = getattr(cause, "sqlstate", None)
        if state in _NO_LOGIN:
            return SettingsRefused([f"{name} names a login, a password or a protection that {place} does not accept"])
        if state in _NO_RIGHT and "alembic_version" in str(cause):
            commands = "`capecontrol db migrate`, then `capecontrol db separate-owner`"
            return SettingsRefused([f"{name} names a login that may not read the schema: run {commands}"])
        if state in _NO_DATABASE:
            return SettingsRefused([f"{name} names the database {url.database}, which {place} does not have"])
    return None


def is_of_database(error: BaseException) -> bool:
    """Tell whether an error came from the database, or from the way there."""
    return isinstance(error, OSError | DBAPIError) or getattr(error, "sqlstate", None) is not None


def explain(error: Exception, address: str, name: str = "DATABASE_URL") -> str:
    """Return the sentence for whoever ran a command that the database failed.

    Args:
        error: what the command ended with; it came from the database.
        address: of the database.
        name: the setting that holds the address.

    Raises:
        SettingsRefused: the settings do not lead to the database.
    """
    if fault := settings_fault(error, DatabaseAddress.parse(address).url, name):
        raise fault from error
    if isinstance(error, OSError | OperationalError):
        return f"The database does not answer: check {name} and that PostgreSQL runs."
    # The driver's own words name the object and the timeout; they come without parameters.
    words = ((error.orig and error.orig.__cause__) or error.orig) if isinstance(error, DBAPIError) else error
    return f"The database refused a statement and the step was undone: {words}"


def _causes(error: BaseException) -> list[BaseException]:
    """Return an error and what lies behind it, the driver's own error included."""
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        behind = following.orig if isinstance(following, DBAPIError) else None
        following = behind or following.__cause__ or following.__context__
    return found
