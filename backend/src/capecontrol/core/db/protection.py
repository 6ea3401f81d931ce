"""Isolation for migrations: the statements of ``policies``, executed on the migration's connection."""

from collections.abc import Iterable

from alembic import op

from capecontrol.core.db import policies
from capecontrol.core.outbox import notify


def execute(statements: Iterable[str]) -> None:
    """Run statements as they stand: no bind parameters, no percent signs to escape."""
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def create_roles() -> None:
    """Create the roles, the schema ``app`` and ``app.current_org()``: the first migration's first act."""
    execute(policies.create_roles())


def drop_schema() -> None:
    """Undo ``create_roles``."""
    execute(policies.drop_schema())


def protect(table: str, *, owner: str | None, runtime: str = "", signin: str = "", system: str) -> None:
    """Grant and police one table; see ``policies.protect``. Write it in the migration that creates the table.

    Args:
        table: its name.
        owner: the column that tells whose row it is (``org_id``), or None where no organization owns rows.
        runtime, signin, system: words of ``select insert update delete``, as the model's ``access`` says.
    """
    execute(policies.protect(table, owner=owner, runtime=runtime, signin=signin, system=system))


def notify_on_insert() -> None:
    """Create the trigger that tells relays of new outbox rows."""
    execute(notify.create_trigger())


def drop_notify() -> None:
    """Undo ``notify_on_insert``."""
    execute(notify.drop_trigger())
