"""Commands that ask the database: where it does not answer they end with a sentence."""

from typing import Any

import typer
from typer.core import TyperGroup

from capecontrol.main.database.fault import explain, is_of_database
from capecontrol.main.settings.database import DatabaseSettings
from capecontrol.main.settings.loading import load


class DatabaseGroup(TyperGroup):
    """Commands that ask the database that the settings name."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what the database failed is told in a sentence, with exit code 1."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if not is_of_database(error):
                raise
            typer.echo(explain(error, load(DatabaseSettings).database_url.get_secret_value()), err=True)
            raise typer.Exit(1) from error
