"""``capecontrol db migrate | status | check``: the schema, changed only on a person's word."""

import asyncio
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError, OperationalError

from capecontrol.main.database.migration import Consent, Migrator, SchemaStatus
from capecontrol.main.database.revision import MigrationRefused

database_commands = typer.Typer(help="Migrate and inspect the database.", no_args_is_help=True)

DatabaseUrl = Annotated[
    str, typer.Option(envvar="DATABASE_URL", show_default=False, help="postgresql://login:password@host:port/database")
]
Environment = Annotated[str, typer.Option(envvar="CAPECONTROL_ENV", help="local, test, staging or production")]


@database_commands.command()
def migrate(
    database_url: DatabaseUrl,
    environment: Environment = "local",
    allow: Annotated[bool, typer.Option(envvar="ALLOW_MIGRATIONS", help="the word that a migration is wanted")] = False,
    approval: Annotated[
        str, typer.Option(envvar="MIGRATION_APPROVAL", help="reference of the approval; production needs one")
    ] = "",
    to: Annotated[str, typer.Option(help="the revision to go to, up or down")] = "head",
    encryption_keys: Annotated[
        str, typer.Option(envvar="ENCRYPTION_KEYS", show_default=False, help="by which a database is known to be ours")
    ] = "",
) -> None:
    """Go to a revision, by default the newest. Runs only with ALLOW_MIGRATIONS=1."""
    entries = [entry.strip() for entry in encryption_keys.split(",") if entry.strip()]
    consent = Consent(is_given=allow, environment=environment, approval=approval.strip() or None)
    try:
        done = asyncio.run(Migrator(database_url).migrate(consent, to, encryption_keys=entries))
    except (MigrationRefused, OSError, DBAPIError) as error:
        raise refusal(error) from error
    if done.before == done.after:
        typer.echo(f"Nothing to do: the database is on {done.after or 'no revision'}.")
    else:
        typer.echo(f"Migrated from {done.before or 'an empty database'} to {done.after or 'an empty database'}.")


@database_commands.command()
def status(database_url: DatabaseUrl) -> None:
    """Show where the database stands and what is pending."""
    found = _status(database_url)
    typer.echo(f"current     {found.current or 'never migrated'}")
    typer.echo(f"newest      {found.newest or 'no migrations'}")
    typer.echo(f"pending     {', '.join(found.pending) or 'none'}")
    typer.echo(f"oldest code {found.oldest_code or 'not recorded'}")
    typer.echo(f"compatible  {found.compatible[0]} to {found.compatible[1]}: {'yes' if found.is_compatible else 'no'}")


@database_commands.command()
def check(database_url: DatabaseUrl) -> None:
    """Fail unless this release runs on the database, and the migrations lead to exactly the models."""
    if not _status(database_url).is_compatible:
        typer.echo("This release does not run on this schema: see `capecontrol db status`.", err=True)
        raise typer.Exit(1)
    try:
        differences = asyncio.run(Migrator(database_url).differences())
    except (MigrationRefused, OSError, DBAPIError) as error:
        raise refusal(error) from error
    if differences:
        typer.echo(differences, err=True)
        raise typer.Exit(1)
    typer.echo("The schema is compatible, and the migrations lead to exactly the models.")


def refusal(error: Exception) -> typer.Exit:
    """Print one sentence for the person at the terminal, and return the exit to raise."""
    if isinstance(error, MigrationRefused):
        typer.echo(str(error), err=True)
    elif isinstance(error, OSError | OperationalError):
        typer.echo("The database does not answer: check DATABASE_URL and that PostgreSQL runs.", err=True)
    else:
        # The driver's own words name the object and the timeout; they come without parameters.
        cause = error.orig if isinstance(error, DBAPIError) else error
        typer.echo(f"The database refused a statement and the step was undone: {cause}", err=True)
    return typer.Exit(1)


def _status(database_url: str) -> SchemaStatus:
    try:
        return asyncio.run(Migrator(database_url).status())
    except (MigrationRefused, OSError, DBAPIError) as error:
        raise refusal(error) from error
