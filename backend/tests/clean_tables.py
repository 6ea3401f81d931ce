"""Empties the application's tables between tests."""

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from capecontrol.local.postgres import EmbeddedPostgres

#: Looks before it deletes: TRUNCATE makes new files for every table and index, which takes longer than most tests.
EMPTY = """
do $$ declare
  name text;
  has_rows boolean;
begin
  for name in
    select tablename from pg_tables
    where schemaname = 'public' and tablename not in ('alembic_version', 'migration_evidence')
  loop
    execute format('select exists (select from %I)', name) into has_rows;
    if has_rows then execute format('delete from %I', name); end if;
  end loop;
end $$
"""


class CleanTables:
    """Call it, and all rows are gone. Its sessions fire no trigger and check no foreign key."""

    def __init__(self, postgres: EmbeddedPostgres) -> None:
        self.engine: AsyncEngine = create_async_engine(
            postgres.superuser_dsn.rsplit("/", 1)[0] + "/capecontrol",
            pool_size=1,
            connect_args={"server_settings": {"session_replication_role": "replica"}},
        )

    async def __call__(self) -> None:
        async with self.engine.begin() as connection:
            await connection.exec_driver_sql(EMPTY)
