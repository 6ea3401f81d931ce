"""The policies that keep organizations apart: what the models say of them, and what a database has.

They apply to everybody and ask which role was taken on. A policy that names a role belongs to that role as well:
``drop owned``, which every role may say of itself, would drop it.
"""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.core.db.base import Base, TableAccess
from capecontrol.core.db.scope import RUNTIME_ROLE, SIGNIN_ROLE, SYSTEM_ROLE
from capecontrol.main.database.revision import MigrationRefused, current_revision
from capecontrol.main.release import COMPATIBLE_REVISIONS

#: Tables of the models that the database has, each with its policies; without any there is one row of nulls.
ASK = """
select c.relname as "table", c.relrowsecurity and c.relforcerowsecurity as is_bound, p.polname as name,
  p.polpermissive and p.polcmd = '*' and p.polroles = '{0}' as is_for_all,
  pg_get_expr(p.polqual, p.polrelid) as seen, pg_get_expr(p.polwithcheck, p.polrelid) as written
from pg_class c left join pg_policy p on p.polrelid = c.oid
where c.relnamespace = 'public'::regnamespace and c.relname = any(cast(:tables as text[]))
order by 1, 3
"""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which rows of a table one role sees and writes, as PostgreSQL itself would word it."""

    table: str
    name: str
    rows: str


@dataclass(frozen=True, slots=True)
class PolicyFault:
    """What a table lacks; without a name row-level security does not bind it at all."""

    table: str
    name: str | None
    is_missing: bool

    def __str__(self) -> str:
        """Return it as a part of a sentence."""
        if self.name is None:
            return f"row-level security of {self.table} is off"
        return f"policy {self.name} of {self.table} is {'missing' if self.is_missing else 'another one'}"


def policies_of_models() -> list[Policy]:
    """Return a policy for each role that a model grants anything to, ordered by table and role."""
    found = []
    for mapper in Base.registry.mappers:
        table = str(mapper.local_table)
        owner = "id" if table == "organizations" else "org_id" if "org_id" in mapper.local_table.c else None
        access: TableAccess = mapper.class_.access
        for role, words in (
            (RUNTIME_ROLE, access.runtime),
            (SIGNIN_ROLE, access.signin),
            (SYSTEM_ROLE, access.system),
        ):
            if not words:
                continue
            rows = f"( SELECT (CURRENT_USER = '{role}'::name))"
            if role == RUNTIME_ROLE and owner:
                rows = f"({rows} AND ({owner} = ( SELECT app.current_org() AS current_org)))"
            found.append(Policy(table, role.removeprefix("capecontrol_"), rows))
    return sorted(found, key=lambda policy: (policy.table, policy.name))


async def find_policy_faults(connection: AsyncConnection) -> list[PolicyFault]:
    """Return in what a database's policies are not those of the models, which are the newest revision's.

    Tables that the database does not have are left out, and so are policies that somebody added.
    """
    wanted = policies_of_models()
    answer = await connection.execute(text(ASK), {"tables": sorted({policy.table for policy in wanted})})
    rows = answer.mappings().all()
    found = {(row["table"], row["name"]): row for row in rows}
    is_bound = {row["table"]: row["is_bound"] for row in rows}
    faults = [PolicyFault(table, None, is_missing=True) for table in is_bound if not is_bound[table]]
    for policy in wanted:
        if policy.table not in is_bound:
            continue
        row = found.get((policy.table, policy.name))
        if row is None or not (row["is_for_all"] and row["seen"] == row["written"] == policy.rows):
            faults.append(PolicyFault(policy.table, policy.name, is_missing=row is None))
    return faults


async def check_policies(connection: AsyncConnection) -> None:
    """Refuse a database that lacks policies: nobody could sign in, and whoever waited would wait for ever.

    What they say is not compared here, since an earlier revision on which this release runs words them otherwise. Of a
    later one this release knows nothing.

    Raises:
        MigrationRefused: one sentence, with the command that helps.
    """
    current = await connection.run_sync(current_revision)
    if current is None or current > COMPATIBLE_REVISIONS[1]:
        return
    if missing := [fault for fault in await find_policy_faults(connection) if fault.is_missing]:
        raise MigrationRefused(f"{sentence_of(missing)}, then start again.")


def sentence_of(faults: list[PolicyFault]) -> str:
    """Return what is wrong and which command helps, without a full stop."""
    others = f", and {len(faults) - 1} more like this" if len(faults) > 1 else ""
    return (
        f"What keeps organizations apart in the database is incomplete ({faults[0]}{others}): "
        "run `ALLOW_MIGRATIONS=1 capecontrol db migrate`, which restores it"
    )


async def restore_policies(connection: AsyncConnection) -> list[PolicyFault]:
    """Make the policies those of the models again, in the caller's transaction; return what was wrong.

    The database is on the newest revision, and the login owns the tables.
    """
    wanted = {(policy.table, policy.name): policy for policy in policies_of_models()}
    faults = await find_policy_faults(connection)
    for fault in faults:
        if fault.name is None:
            await connection.exec_driver_sql(f"alter table {fault.table} enable row level security")
            await connection.exec_driver_sql(f"alter table {fault.table} force row level security")
            continue
        rows = wanted[fault.table, fault.name].rows
        await connection.exec_driver_sql(f"drop policy if exists {fault.name} on {fault.table}")
        await connection.exec_driver_sql(
            f"create policy {fault.name} on {fault.table} using ({rows}) with check ({rows})"
        )
    return faults
