"""The schema of the tests' template database, made from the models and what they say of their access."""

from sqlalchemy import Connection, inspect

from capecontrol.core.db import policies
from capecontrol.core.db.base import Base
from capecontrol.core.outbox import notify
from capecontrol.main.features import metadata

#: Tables of the runtime role whose rows no organization owns (reviewed; the catalog test names the reasons).
OWNER_COLUMNS = {"organizations": "id"}

APPEND_ONLY = """
create function app.refuse_change() returns trigger language plpgsql set search_path = pg_catalog
as $$ begin raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege'; end $$
"""


def build_schema(connection: Connection) -> None:
    """Create all tables, roles, grants, policies and triggers in an empty database."""
    for statement in policies.create_roles():
        connection.exec_driver_sql(statement)
    metadata.create_all(connection)
    for mapper in Base.registry.mappers:
        table, access = str(mapper.local_table), mapper.class_.access
        owner = OWNER_COLUMNS.get(table) or ("org_id" if "org_id" in mapper.local_table.c else None)
        for statement in policies.protect(
            table, owner=owner, runtime=access.runtime, signin=access.signin, system=access.system
        ):
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(APPEND_ONLY)
    connection.exec_driver_sql(
        "create trigger audit_events_append_only before update or delete or truncate on audit_events "
        "for each statement execute function app.refuse_change()"
    )
    for statement in notify.create_trigger():
        connection.exec_driver_sql(statement)
    assert inspect(connection).get_table_names()
