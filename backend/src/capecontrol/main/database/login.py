"""The login that the platform runs as: what it may do beyond taking on its roles, which should be nothing."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.core.db.scope import RUNTIME_ROLE, SIGNIN_ROLE, SYSTEM_ROLE

#: What every transaction takes one of on.
ROLES = (RUNTIME_ROLE, SYSTEM_ROLE, SIGNIN_ROLE)

#: ``MEMBER`` also holds for who inherits nothing: being able to become the owner is owning.
ASK = """
select r.rolname as name,
  r.rolsuper as is_superuser,
  r.rolbypassrls as bypasses_policies,
  r.rolcreaterole as makes_roles,
  exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'app', 'partitions') and pg_has_role(r.oid, c.relowner, 'MEMBER')
  ) or exists (
    select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'app', 'partitions') and pg_has_role(r.oid, p.proowner, 'MEMBER')
  ) as owns_objects,
  exists (
    select from pg_namespace n
    where n.nspname in ('public', 'app', 'partitions') and has_schema_privilege(r.oid, n.oid, 'create')
  ) or has_database_privilege(r.oid, current_database(), 'create') as makes_objects,
  has_database_privilege(r.oid, current_database(), 'temporary') as makes_temporary_tables,
  not exists (
    select from pg_roles taken
    where taken.rolname = any(cast(:roles as text[])) and not pg_has_role(r.oid, taken.oid, 'MEMBER')
  ) as takes_on_roles
from pg_roles r where r.rolname = coalesce(cast(:name as text), session_user)
"""


@dataclass(frozen=True, slots=True)
class Login:
    """A login, and what PostgreSQL lets it do."""

    name: str
    is_superuser: bool
    bypasses_policies: bool
    makes_roles: bool
    owns_objects: bool
    makes_objects: bool
    makes_temporary_tables: bool
    takes_on_roles: bool

    @property
    def powers(self) -> list[str]:
        """Return in words by what it could undo the policies, the triggers or the log; empty for one that cannot."""
        held = (
            (self.is_superuser, "is a superuser"),
            (self.bypasses_policies, "may bypass row-level security"),
            (self.owns_objects, "owns the schema"),
            (self.makes_roles, "may create roles"),
            (self.makes_objects, "may create objects in it"),
        )
        return [words for is_held, words in held if is_held]


async def find_login(connection: AsyncConnection, name: str | None = None) -> Login | None:
    """Return what a login may do, by default the one that is connected; None when there is none of that name."""
    found = await connection.execute(text(ASK), {"name": name, "roles": list(ROLES)})
    row = found.mappings().one_or_none()
    return None if row is None else Login(**row)
