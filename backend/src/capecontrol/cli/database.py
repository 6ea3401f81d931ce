"""``capecontrol db migrate | status | check | separate-owner``: the schema, changed only on a person's word."""

import asyncio
import os
import sys
from collections.abc import Awaitable
from typing import Annotated, TypeVar

import typer
from sqlalchemy.pool import NullPool

from capecontrol.core.db.address import DatabaseAddress
from capecontrol.main.database.consent import Consent
from capecontrol.main.database.fault import explain, is_of_database
from capecontrol.main.database.login import Login, find_login
from capecontrol.main.database.migration import Migrator, SchemaStatus
from capecontrol.main.database.revision import MigrationRefused
from capecontrol.main.database.separation import RUNNING_LOGIN, SeparationRefused, address_for, separate_owner
from capecontrol.main.settings import Environment
from capecontrol.main.settings.database import DatabaseSettings
from capecontrol.main.settings.loading import load

database_commands = typer.Typer(help="Migrate and inspect the database.", no_args_is_help=True)

Answer = TypeVar("Answer")
DatabaseUrl = Annotated[
    str | None,
    typer.Option(show_default=False, help="postgresql://login:password@host:port/database. Overrides the setting."),
]


@database_commands.command()
def migrate(
    database_url: DatabaseUrl = None,
    environment: Annotated[Environment | None, typer.Option(help="Overrides CAPECONTROL_ENV.")] = None,
    allow: Annotated[bool | None, typer.Option(help="Consent to migrate. Overrides ALLOW_MIGRATIONS.")] = None,
    approval: Annotated[
        str | None,
        typer.Option(
            help="The reference of the approved change. Required in production. Defaults to MIGRATION_APPROVAL."
        ),
    ] = None,
    to: Annotated[str, typer.Option(help="The revision to migrate to, up or down.")] = "head",
    encryption_keys: Annotated[
        str,
        typer.Option(
            envvar="ENCRYPTION_KEYS", show_default=False, help="Used to recognise a database of this installation."
        ),
    ] = "",
) -> None:
    """Go to a revision, by default the newest; there already, restore policies that were lost.

    Runs only with ALLOW_MIGRATIONS=1, as the owner of the schema.
    """
    entries = [entry.strip() for entry in encryption_keys.split(",") if entry.strip()]
    settings = _settings(
        capecontrol_env=environment,
        database_url=database_url,
        migrations_database_url=database_url,
        allow_migrations=allow,
        migration_approval=approval,
    )
    consent = Consent(
        is_given=settings.allow_migrations,
        environment=settings.capecontrol_env,
        approval=(settings.migration_approval or "").strip() or None,
    )
    url, name = settings.owner_url()
    done = _answer(Migrator(url).migrate(consent, to, encryption_keys=entries), url, name)
    if done.restored:
        typer.echo(f"Restored the policies that keep organizations' data apart: {', '.join(map(str, done.restored))}.")
    elif done.before == done.after:
        typer.echo(f"Nothing to do: the database is on {done.after or 'no revision'}.")
    else:
        typer.echo(f"Migrated from {done.before or 'an empty database'} to {done.after or 'an empty database'}.")


@database_commands.command()
def status(database_url: DatabaseUrl = None) -> None:
    """Show the database's revision and pending migrations."""
    settings = _settings(database_url=database_url)
    found = _status(settings)
    typer.echo(f"current     {found.current or 'never migrated'}")
    typer.echo(f"newest      {found.newest or 'no migrations'}")
    typer.echo(f"pending     {', '.join(found.pending) or 'none'}")
    typer.echo(f"oldest code {found.oldest_code or 'not recorded'}")
    typer.echo(f"owner apart {_owner_apart(settings)}")
    typer.echo(f"compatible  {found.compatible[0]} to {found.compatible[1]}: {'yes' if found.is_compatible else 'no'}")


@database_commands.command()
def check(database_url: DatabaseUrl = None) -> None:
    """Fail unless the database has exactly the tables and policies that this release needs."""
    settings = _settings(database_url=database_url)
    if not _status(settings).is_compatible:
        typer.echo("This release doesn't run on this schema. Run `capecontrol db status` for details.", err=True)
        raise typer.Exit(1)
    url = settings.database_url.get_secret_value()
    differences = _answer(Migrator(url).differences(), url)
    if differences:
        typer.echo(differences, err=True)
        raise typer.Exit(1)
    typer.echo("The schema matches this release, including all tables and policies.")


@database_commands.command("separate-owner")
def separate(
    database_url: DatabaseUrl = None,
    login: Annotated[str, typer.Option(help="The name of the login that runs CapeControl.")] = RUNNING_LOGIN,
    password_stdin: Annotated[
        bool,
        typer.Option(
            help="Read its password from standard input. Otherwise RUNNING_LOGIN_PASSWORD or a random password is used."
        ),
    ] = False,
) -> None:
    """Create the login that CapeControl runs as. It can't change the schema. Safe to repeat."""
    settings = _settings(database_url=database_url, migrations_database_url=database_url)
    url, name = settings.owner_url()
    given = sys.stdin.readline().rstrip("\n") if password_stdin else os.environ.get("RUNNING_LOGIN_PASSWORD")
    if password_stdin and not given:
        typer.echo("Standard input contains no password.", err=True)
        raise typer.Exit(1)
    made = _answer(separate_owner(url, login=login, password=given or None), url, name)
    typer.echo(f"{made.owner} owns the schema. {made.login} runs the platform and cannot change it.")
    if made.generated_password:
        typer.echo("\nPut this where the processes get their settings. It is shown once:\n")
        typer.echo(f"DATABASE_URL={address_for(url, made.login, made.generated_password)}")
    elif made.is_new or given:
        typer.echo("\nPut this where the processes get their settings, with the password that you chose:\n")
        typer.echo(f"DATABASE_URL={address_for(url, made.login, '…')}")
    else:
        typer.echo("It existed before; its password has not changed.")
    typer.echo(
        f"\nThe address of {made.owner} is for `capecontrol db` alone (MIGRATIONS_DATABASE_URL). Processes that ran\n"
        "as it know its password: change it once they run as the other login."
    )


def _owner_apart(settings: DatabaseSettings) -> str:
    url = settings.database_url.get_secret_value()

    async def ask() -> Login | None:
        engine = DatabaseAddress.parse(url).create_engine(poolclass=NullPool, connect_args={"timeout": 10})
        try:
            async with engine.connect() as connection:
                return await find_login(connection)
        finally:
            await engine.dispose()

    login = _answer(ask(), url)
    if login is None or not login.powers:
        return "yes"
    return f"no, {login.name} {' and '.join(login.powers)}"


def _settings(**given: object) -> DatabaseSettings:
    """Return the settings of the database alone, so that a migration asks for no payment provider."""
    return load(DatabaseSettings, **{name: value for name, value in given.items() if value is not None})


def _status(settings: DatabaseSettings) -> SchemaStatus:
    url = settings.database_url.get_secret_value()
    return _answer(Migrator(url).status(), url)


def _answer(asked: Awaitable[Answer], url: str, name: str = "DATABASE_URL") -> Answer:
    """Return what the database answered, or end with one sentence for the person at the terminal."""

    async def wait() -> Answer:
        return await asked

    try:
        return asyncio.run(wait())
    except (MigrationRefused, SeparationRefused) as refused:
        typer.echo(str(refused), err=True)
    except Exception as error:
        if not is_of_database(error):
            raise
        typer.echo(explain(error, url, name), err=True)
    sys.exit(1)
