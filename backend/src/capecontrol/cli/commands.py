"""The verbs: `capecontrol api | worker | scheduler | run`, and those of operators.

Each imports what it runs when it is called: a start costs seconds of imports, and no verb needs all of them.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from capecontrol.cli.business import build_business_commands
from capecontrol.cli.database import database_commands
from capecontrol.cli.database_group import DatabaseGroup
from capecontrol.cli.health import check_health
from capecontrol.cli.outbox import build_outbox_commands
from capecontrol.cli.secrets import build_secrets_commands
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.problems import Invalid, Problem
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.settings import Settings, SettingsRefused
from capecontrol.main.settings.loading import load

#: The exit code of what does not start because of its settings.
MISCONFIGURED = 2

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
settings_commands = typer.Typer(no_args_is_help=True, help="Check the settings.")
staff = typer.Typer(cls=DatabaseGroup, no_args_is_help=True, help="Manage staff accounts.")
openapi = typer.Typer(no_args_is_help=True, help="Export the API description.")
app.add_typer(settings_commands, name="settings")
app.add_typer(staff, name="staff")
app.add_typer(openapi, name="openapi")
app.add_typer(database_commands, name="db")
app.add_typer(build_business_commands(lambda: _settings(), lambda settings: _build_factory(settings)), name="business")
app.add_typer(build_outbox_commands(lambda: _build_factory(_settings())), name="outbox")
app.command("health")(check_health)
app.add_typer(build_secrets_commands(lambda: _build_factory(_settings())), name="secrets")


@app.command()
def api() -> None:
    """Run an API process, which serves the pages and the API."""
    settings = _settings()
    if settings.is_local:
        from capecontrol.local.api import run
    else:
        from capecontrol.main.api import run
    run(settings)


@app.command()
def worker() -> None:
    """Run a worker, which delivers e-mails and other messages."""
    from capecontrol.main.features import event_registry
    from capecontrol.main.worker import run

    settings = _settings()
    factory = _build_factory(settings)
    run(settings, factory, event_registry(), _build_ports(settings, factory))


@app.command()
def scheduler() -> None:
    """Run a scheduler, which queues due messages and scheduled jobs. You can run several."""
    from capecontrol.main.features import event_registry
    from capecontrol.main.scheduler import run

    settings = _settings()
    run(settings, _build_factory(settings), event_registry())


@app.command("run")
def run_all() -> None:
    """Run everything on this machine. Missing servers, such as PostgreSQL, are embedded."""
    from capecontrol.local.run import run

    raise typer.Exit(run())


@app.command()
def seed() -> None:
    """Create the demo accounts and data, unless they exist (local environment only)."""
    from capecontrol.local.seed import NotLocal
    from capecontrol.local.seed import seed as make

    try:
        asyncio.run(make(_settings()))
    except NotLocal as refused:
        _fail(str(refused))


@settings_commands.command("check")
def check_settings(
    *,
    installed: Annotated[
        bool,
        typer.Option("--installed", help="The details of the business are in the database, so SELLER_* may be empty."),
    ] = False,
) -> None:
    """List missing and unsafe settings, and fail if there are any. Connects to nothing."""
    from capecontrol.main.seller import check_named

    settings = _settings()
    _build_ports(settings, _build_factory(settings))
    if not installed:
        check_named(settings)
    print("The settings are safe.")


@staff.command("add")
def add_staff(
    email: str,
    role: Annotated[Role, typer.Option(help="The person's role. An unknown role prints the list.")] = Role.OPERATOR,
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    password: Annotated[
        str | None, typer.Option(envvar="STAFF_PASSWORD", prompt=True, hide_input=True, confirmation_prompt=True)
    ] = None,
) -> None:
    """Create a staff account. This is how you create the first operator."""
    from capecontrol.cli.staff import add_staff as add
    from capecontrol.core.secret_keys.start import SecretsRefused
    from capecontrol.main.keys import opened
    from capecontrol.main.wiring import build_password_hasher

    settings = _settings()
    factory = _build_factory(settings)
    hasher = build_password_hasher(settings, factory.rings)

    async def act() -> None:
        async with opened(factory):
            await add(factory, hasher, email=email, role=role, name=name, password=password or "")

    try:
        asyncio.run(act())
    except Problem as problem:
        complaints = [one.detail for one in problem.errors] if isinstance(problem, Invalid) else []
        _fail(" ".join(complaints) or problem.detail)
    except SecretsRefused as refused:
        _fail(str(refused))
    print(f"{email} can now sign in as {role.lower()}.")


@openapi.command("export")
def export_openapi(
    target: Annotated[Path | None, typer.Argument(help="The file to write. Defaults to standard output.")] = None,
) -> None:
    """Write the OpenAPI document that the server publishes. Doesn't need a database."""
    from capecontrol.cli.document import openapi_document

    text = json.dumps(openapi_document(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    if target is None:
        sys.stdout.write(text)
        return
    try:
        target.write_text(text)
    except OSError as error:
        _fail(f"{target} can't be written: {error.strerror}.")


def main() -> None:
    """Run the command line; settings that are not as they must be end it in sentences and with exit code 2."""
    try:
        app()
    except SettingsRefused as refused:
        print(refused, file=sys.stderr)
        sys.exit(MISCONFIGURED)


def _build_factory(settings: Settings) -> UnitOfWorkFactory:
    if settings.is_local:
        from capecontrol.local.wiring import build_factory

        return build_factory(settings)
    from capecontrol.main.wiring import build_factory as build

    return build(settings)


def _build_ports(settings: Settings, factory: UnitOfWorkFactory) -> Ports:
    if settings.is_local:
        from capecontrol.local.wiring import build_ports
    else:
        from capecontrol.main.wiring import build_ports
    return build_ports(settings, factory)


def _settings() -> Settings:
    return load(Settings)


def _fail(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)
