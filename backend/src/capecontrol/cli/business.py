"""``capecontrol business seed``: the record of the business, of the settings."""

import asyncio
from collections.abc import Callable
from typing import Annotated

import typer

from capecontrol.cli.database_group import DatabaseGroup
from capecontrol.core.secret_keys.start import SecretsRefused
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.keys import opened
from capecontrol.main.seller import begin_again, begin_business
from capecontrol.main.settings import Settings


def build_business_commands(
    load_settings: Callable[[], Settings], build_factory: Callable[[Settings], UnitOfWorkFactory]
) -> typer.Typer:
    """Return the commands; they work on the installation of the settings."""
    commands = typer.Typer(cls=DatabaseGroup, no_args_is_help=True, help="Manage the details of your business.")

    # A group of one command, so that it keeps its name.
    @commands.callback()
    def group() -> None:
        """Manage the details of your business."""

    @commands.command()
    def seed(
        *,
        replace: Annotated[
            bool,
            typer.Option(
                "--replace", help="Overwrite the name, address, tax number, e-mail address, currency and time zone."
            ),
        ] = False,
    ) -> None:
        """Create the details of the business from SELLER_*, unless they exist. The first start does the same."""
        settings = load_settings()

        async def act() -> bool:
            async with opened(build_factory(settings)) as factory:
                if replace:
                    await begin_again(factory, settings)
                    return True
                return await begin_business(factory, settings)

        try:
            is_written = asyncio.run(act())
        except SecretsRefused as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(1) from refused
        if is_written:
            typer.echo(f"The business is now {settings.seller_name}. Operators can edit it at /admin/business.")
        else:
            typer.echo("Nothing to do: the details of the business exist. Operators can edit them at /admin/business.")

    return commands
