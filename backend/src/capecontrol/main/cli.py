"""The command line: `capecontrol api | worker | scheduler | run`, and the verbs of operators."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from capecontrol.core.permissions import Role
from capecontrol.core.problems import Problem
from capecontrol.main import accounts, database_commands
from capecontrol.main.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
staff = typer.Typer(no_args_is_help=True, help="Platform staff.")
openapi = typer.Typer(no_args_is_help=True, help="The API's description.")
app.add_typer(staff, name="staff")
app.add_typer(openapi, name="openapi")
app.add_typer(database_commands.database_commands, name="db")


@app.command()
def api() -> None:
    """Serve HTTP."""
    from capecontrol.main.api import run

    run(_settings())


@app.command()
def worker() -> None:
    """Deliver messages of the outbox."""
    from capecontrol.main.worker import run

    run(_settings())


@app.command()
def scheduler() -> None:
    """Hand due messages to workers, and claim the slots of the schedule. Any number may run."""
    from capecontrol.main.scheduler import run

    run(_settings())


@app.command("run")
def run_all() -> None:
    """Run everything on this machine, with what it lacks embedded."""
    from capecontrol.main.local.run import run

    raise typer.Exit(run())


@app.command()
def seed() -> None:
    """Make the demonstration's accounts and data, once (local only)."""
    from capecontrol.main.local.seed import seed as make

    asyncio.run(make(_settings()))


@staff.command("add")
def add_staff(
    email: str,
    role: Annotated[Role, typer.Option(help="OPERATOR, AUDITOR or DEVELOPER.")] = Role.OPERATOR,
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    password: Annotated[
        str | None, typer.Option(envvar="STAFF_PASSWORD", prompt=True, hide_input=True, confirmation_prompt=True)
    ] = None,
) -> None:
    """Add a member of the platform's staff. The first operator is made so, never by registration."""
    try:
        asyncio.run(accounts.add_staff(_settings(), email=email, role=role, name=name, password=password or ""))
    except Problem as problem:
        _fail(str(problem.extensions.get("errors") or problem.detail))
    print(f"{email} may sign in as {role}.")


@openapi.command("export")
def export_openapi(
    target: Annotated[Path | None, typer.Argument(help="Where to write; standard output by default.")] = None,
) -> None:
    """Write the OpenAPI document, as the running server gives it. Needs no database."""
    from capecontrol.main.document import openapi_document

    text = json.dumps(openapi_document(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    if target is None:
        sys.stdout.write(text)
    else:
        target.write_text(text)


def main() -> None:
    """Run the command line."""
    app()


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, part['loc'])).upper() or 'settings'}: {part['msg']}" for part in error.errors()]
        _fail("The settings are not complete:\n  " + "\n  ".join(lines))
        raise


def _fail(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)
