"""The login that the platform runs as: what it may do beyond taking on its roles, which should be nothing."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.core.db.scope import RUNTIME_ROLE, SIGNIN_ROLE, SYSTEM_ROLE

#: What every transaction takes one of on.
ROLES = (RUNTIME_ROLE, SYSTEM_ROLE, SIGNIN_ROLE)

#: ``MEMBER`` also holds for who inherits nothing: being able to become the owner is owning. Attributes are no role's to
#: inherit, but whoever takes the role on has them. Rights are asked where only an owner gives them: with default
#: privileges and large objects a role does as it likes, and an intruder could make a reason to refuse every start.
ASK = """
select r.rolname as name, r.rolcanlogin as signs_in, r.rolinherit as inherits,
  taken.is_superuser, taken.bypasses_policies, taken.makes_roles, taken.makes_databases, taken.replicates,
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
  not exists (
    select from pg_roles taken
    where taken.rolname = any(cast(:roles as text[])) and not pg_has_role(r.oid, taken.oid, 'MEMBER')
  ) as takes_on_roles,
  array(
    select other.rolname::text from pg_roles other
    where other.oid <> r.oid and other.rolname <> all(cast(:roles as text[]))
      and pg_has_role(r.oid, other.oid, 'MEMBER')
    order by 1
  ) as other_roles,
  exists (
    select from pg_auth_members m where m.admin_option and pg_has_role(r.oid, m.member, 'MEMBER')
  ) as grants_roles,
  array(
    select distinct pg_describe_object(d.classid, d.objid, 0) from pg_shdepend d
    where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'a'
      and d.dbid in (0, (select oid from pg_database where datname = current_database()))
      and d.classid in (
        to_regclass('pg_class'), to_regclass('pg_proc'), to_regclass('pg_namespace'), to_regclass('pg_language'),
        to_regclass('pg_parameter_acl'), to_regclass('pg_tablespace'), to_regclass('pg_foreign_server'),
        to_regclass('pg_foreign_data_wrapper')
      )
      and d.objid is distinct from 'public'::regnamespace
      and (
        d.objid is distinct from to_regclass('public.alembic_version')
        or has_table_privilege(r.oid, d.objid, 'insert, update, delete, truncate, references, trigger')
      )
    order by 1
  ) as rights
from pg_roles r cross join lateral (
  select bool_or(t.rolsuper) as is_superuser, bool_or(t.rolbypassrls) as bypasses_policies,
    bool_or(t.rolcreaterole) as makes_roles, bool_or(t.rolcreatedb) as makes_databases,
    bool_or(t.rolreplication) as replicates
  from pg_roles t
  where t.oid = r.oid or t.rolname = any(cast(:roles as text[])) and pg_has_role(r.oid, t.oid, 'MEMBER')
) taken
where r.rolname = coalesce(cast(:name as text), session_user)
"""
#: More of these than a person wants to read tell no more.
NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Login:
    """A login, and what PostgreSQL lets it do by itself and as each role that it may take on."""

    name: str
    signs_in: bool
    inherits: bool
    is_superuser: bool
    bypasses_policies: bool
    makes_roles: bool
    makes_databases: bool
    replicates: bool
    owns_objects: bool
    makes_objects: bool
    takes_on_roles: bool
    other_roles: list[str]
    grants_roles: bool
    rights: list[str]

    @property
    def powers(self) -> list[str]:
        """Return in words by what it could undo the policies, the triggers or the log; empty for one that cannot.

        Of who owns the schema or the server the rest, which follows from that, is not told.
        """
        held = (
            (self.is_superuser, "is a superuser"),
            (self.bypasses_policies, "may bypass row-level security"),
            (self.owns_objects, "owns the schema"),
            (self.makes_roles, "may create roles"),
            (self.makes_objects, "may create objects in the schema"),
        )
        further = (
            (self.makes_databases, "may create databases"),
            (self.replicates, "may read everything by replication"),
            (bool(self.other_roles), f"may become {_listed(self.other_roles)}"),
            (self.grants_roles, "may grant roles"),
            (bool(self.rights), f"has rights of its own on {_listed(self.rights)}"),
        )
        is_owner = self.is_superuser or self.owns_objects
        return [words for is_held, words in (held if is_owner else held + further) if is_held]

    @property
    def is_fit(self) -> bool:
        """Tell whether the platform can run as it, and nothing about it need be changed."""
        return self.signs_in and not self.inherits and self.takes_on_roles and not self.powers


def _listed(names: list[str]) -> str:
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


async def find_login(connection: AsyncConnection, name: str | None = None) -> Login | None:
    """Return what a login may do, by default the one that is connected; None when there is none of that name."""
    found = await connection.execute(text(ASK), {"name": name, "roles": list(ROLES)})
    row = found.mappings().one_or_none()
    return None if row is None else Login(**row)
