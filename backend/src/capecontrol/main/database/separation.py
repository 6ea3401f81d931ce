"""The owner of the schema and the login that runs the platform, made two where they are one (ADR 0018)."""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from capecontrol.core.db.address import DatabaseAddress
from capecontrol.main.database.login import ROLES, Login, find_login

#: What the running login is called unless somebody says otherwise.
RUNNING_LOGIN = "capecontrol_app"
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_ITERATIONS = 4096
#: What PostgreSQL answers to who may not.
NO_RIGHT = "42501"


class SeparationRefused(Exception):
    """Carries one sentence that says why the logins cannot be separated, and what helps."""


@dataclass(frozen=True, slots=True)
class Separation:
    """What was made."""

    owner: str
    login: str
    is_new: bool
    #: The new login's; None where the person gave it, or where there was one before.
    generated_password: str | None


async def separate_owner(owner_url: str, *, login: str = RUNNING_LOGIN, password: str | None = None) -> Separation:
    """Make the login that the platform runs as, or bring the one that is there to what it should be.

    The login of ``owner_url`` goes on owning what it owns: nothing in the schema is touched, and processes that still
    run as it go on. Doing it again changes nothing but the password, and that only where one is given.

    Args:
        owner_url: of the login that migrated the schema; it may create roles.
        login: the running login's name.
        password: the running login's; one is made for a new login without it.

    Raises:
        SeparationRefused: in a sentence.
    """
    if login in ROLES:
        raise SeparationRefused(f"{login} is a role that the running login takes on: choose another --login.")
    if not _NAME.fullmatch(login):
        raise SeparationRefused(f"{login!r} is no name for a login: take small letters, digits and underscores.")
    engine = DatabaseAddress.parse(owner_url).create_engine(poolclass=NullPool, connect_args={"timeout": 10})
    try:
        async with engine.begin() as connection:
            owner = await _owner(connection, login)
            before = await find_login(connection, login)
            generated = secrets.token_urlsafe(32) if before is None and password is None else None
            if before is None or not before.is_fit or password is not None:
                await _make(connection, owner, login, password or generated, is_new=before is None)
            await _close_defaults(connection, login)
            after = await find_login(connection, login)
            if after is None or not after.is_fit:
                powers = ", ".join(after.powers if after else []) or "may not take on the platform's roles"
                raise SeparationRefused(f"{login} {powers}, which {owner.name} cannot change: choose another --login.")
    finally:
        await engine.dispose()
    return Separation(owner.name, login, before is None, generated)


def address_for(owner_url: str, login: str, password: str) -> str:
    """Return the owner's address with another login in it."""
    parts = urlsplit(owner_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(scheme="postgresql", netloc=f"{login}:{quote(password, safe='')}@{place}"))


async def _owner(connection: AsyncConnection, login: str) -> Login:
    owner = await find_login(connection)
    if owner is None or not owner.owns_objects:
        name = owner.name if owner else "The login"
        raise SeparationRefused(
            f"{name} does not own the schema: MIGRATIONS_DATABASE_URL must name the login that migrated it, and "
            "`capecontrol db migrate` comes first."
        )
    if owner.name == login:
        raise SeparationRefused(f"{login} owns the schema, so it cannot be the running login: choose another --login.")
    if not owner.makes_roles and not owner.is_superuser:
        raise SeparationRefused(
            f"{owner.name} may not create roles: as an administrator of the server, run "
            f"`alter role {owner.name} createrole`."
        )
    return owner


async def _make(connection: AsyncConnection, owner: Login, login: str, password: str | None, *, is_new: bool) -> None:
    if is_new:
        await connection.exec_driver_sql(f'create role "{login}" login')
    try:
        # Only what the owner may say: mentioning SUPERUSER takes one, even to deny it, and likewise CREATEDB.
        await connection.exec_driver_sql(f'alter role "{login}" login noinherit nocreaterole')
        if password is not None:
            await connection.exec_driver_sql(f"alter role \"{login}\" password '{scram_verifier(password)}'")
        for role in ROLES:
            await connection.exec_driver_sql(f'grant {role} to "{login}"')
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != NO_RIGHT:
            raise
        raise SeparationRefused(
            f"{owner.name} may not change {login}, which somebody else made: choose another --login, or as an "
            f"administrator of the server run `grant {login} to {owner.name} with admin option`."
        ) from error


async def _close_defaults(connection: AsyncConnection, login: str) -> None:
    database = (await connection.execute(text("select quote_ident(current_database())"))).scalar_one()
    await connection.exec_driver_sql(f'grant connect on database {database} to "{login}"')
    await connection.exec_driver_sql(f"revoke temporary on database {database} from public")
    await connection.exec_driver_sql("revoke create on schema public from public")
    await connection.exec_driver_sql("grant select on alembic_version to public")


def scram_verifier(password: str) -> str:
    """Return what PostgreSQL keeps of a password (RFC 5803), so that no statement and no log holds it."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    parts = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return "SCRAM-SHA-256${}:{}${}:{}".format(_ITERATIONS, *parts)
