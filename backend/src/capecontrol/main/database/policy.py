"""The policies that keep organizations apart: what the models say of them, and what a database has.

The policy ``scope`` of each table applies to everybody and asks which role was taken on. It holds by itself. A policy
that names a role belongs to that role as well: ``drop owned``, which every role may say of itself, drops it. Those stay
for the planner, who knows by them before it plans what ``scope`` finds out when the statement runs (ADR 0018).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.core.db.base import Base, TableAccess
from capecontrol.core.db.scope import RUNTIME_ROLE, SIGNIN_ROLE, SYSTEM_ROLE
from capecontrol.main.database.revision import MigrationRefused, current_revision
from capecontrol.main.release import COMPATIBLE_REVISIONS

#: The policy without which nobody sees a row.
SCOPE = "scope"
#: The revision that made it.
SCOPED_SINCE = "20261122_0110"
#: Tables of the models that the database has, each with its policies; without any there is one row of nulls.
ASK = """
select c.relname as "table", c.relrowsecurity and c.relforcerowsecurity as is_bound, p.polname as name,
  p.polcmd = '*' as is_for_all_commands, not p.polpermissive as is_restrictive,
  array(select role::regrole::text from unnest(p.polroles) role where role <> 0) as roles,
  pg_get_expr(p.polqual, p.polrelid) as seen, pg_get_expr(p.polwithcheck, p.polrelid) as written
from pg_class c left join pg_policy p on p.polrelid = c.oid
where c.relnamespace = 'public'::regnamespace and c.relname = any(cast(:tables as text[]))
order by 1, 3
"""


@dataclass(frozen=True, slots=True)
class Policy:
    """Which rows of a table somebody sees and writes, in PostgreSQL's own words; without a role it is for everybody."""

    table: str
    name: str
    rows: str
    role: str | None = None
    is_restrictive: bool = False

    def matches(self, row: Mapping[str, object]) -> bool:
        """Tell whether what the catalog says of a policy is this one."""
        has_rows = [" ".join(str(row[side]).split()) == self.rows for side in ("seen", "written")]
        roles = [self.role] if self.role else []
        return (
            bool(row["is_for_all_commands"])
            and row["is_restrictive"] == self.is_restrictive
            and row["roles"] == roles
            and all(has_rows)
        )

    @property
    def statement(self) -> str:
        """Return how it is made."""
        kind = "as restrictive" if self.is_restrictive else "as permissive"
        return (
            f"create policy {self.name} on {self.table} {kind} to {self.role or 'public'} "
            f"using ({self.rows}) with check ({self.rows})"
        )


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
    """Return for each table the policy for everybody and one for each role that its model grants anything to."""
    found: list[Policy] = []
    for mapper in Base.registry.mappers:
        table = str(mapper.local_table)
        owner = "id" if table == "organizations" else "org_id" if "org_id" in mapper.local_table.c else None
        found += _policies_of(table, owner, mapper.class_.access)
    return sorted(found, key=lambda policy: (policy.table, policy.name))


def _policies_of(table: str, owner: str | None, access: TableAccess) -> list[Policy]:
    words = (
        (SIGNIN_ROLE, access.signin),
        (SYSTEM_ROLE, access.system),
        (RUNTIME_ROLE, "" if owner else access.runtime),
    )
    see_all = [role for role, granted in words if granted]
    found = [Policy(table, _name(role), "true", role) for role in see_all]
    rows = _taken_on(see_all)
    if owner and access.runtime:
        own = f"({owner} = ( SELECT app.current_org() AS current_org))"
        rows = f"({rows} OR ({_taken_on([RUNTIME_ROLE])} AND {own}))"
        found.append(Policy(table, _name(RUNTIME_ROLE), own, RUNTIME_ROLE, is_restrictive=True))
    return [*found, Policy(table, SCOPE, rows)]


def _name(role: str) -> str:
    return role.removeprefix("capecontrol_")


def _taken_on(roles: list[str]) -> str:
    """Return the question whether one of these was taken on, which the planner takes for true."""
    names = ", ".join(f"'{role}'::name" for role in roles)
    test = f"= {names}" if len(roles) == 1 else f"= ANY (ARRAY[{names}])"
    return f"(( SELECT 1 WHERE (CURRENT_USER {test})) IS NOT NULL)"


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
        if row is None or not policy.matches(dict(row)):
            faults.append(PolicyFault(policy.table, policy.name, is_missing=row is None))
    return faults


async def check_policies(connection: AsyncConnection) -> None:
    """Refuse a database that lacks policies: nobody could sign in, and whoever waited would wait for ever.

    Without ``scope`` nobody sees anything; without the others, statements are slow. Earlier revisions have none, and of
    a later one this release knows nothing.

    Raises:
        MigrationRefused: one sentence, with the command that helps.
    """
    current = await connection.run_sync(current_revision)
    if current is None or not SCOPED_SINCE <= current <= COMPATIBLE_REVISIONS[1]:
        return
    faults = await find_policy_faults(connection)
    if missing := [fault for fault in faults if fault.is_missing and fault.name in (None, SCOPE)]:
        raise MigrationRefused(f"{sentence_of(missing)}, then start again.")


def sentence_of(faults: list[PolicyFault]) -> str:
    """Return what is wrong and which command helps, without a full stop."""
    others = f", and {len(faults) - 1} more like this" if len(faults) > 1 else ""
    return (
        f"The policies that keep organizations apart are not those of the models ({faults[0]}{others}): run "
        "`ALLOW_MIGRATIONS=1 capecontrol db migrate`, which restores them"
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
        await connection.exec_driver_sql(f"drop policy if exists {fault.name} on {fault.table}")
        await connection.exec_driver_sql(wanted[fault.table, fault.name].statement)
    return faults
