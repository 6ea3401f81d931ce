"""Isolation in the database: roles, grants and row-level security, as statements for migrations.

Three NOLOGIN roles are taken on per transaction by one NOINHERIT login, so that a single ``DATABASE_URL`` on any
managed PostgreSQL will do. Policies name their role, therefore no role needs BYPASSRLS:

- ``capecontrol_runtime`` sees rows whose ``org_id`` is the transaction's organization;
- ``capecontrol_system`` sees all rows (platform staff, the system);
- ``capecontrol_signin`` sees all rows of the few tables that a look-up from a secret needs.
"""

from collections.abc import Iterator
from string import Template

from capecontrol.core.db.scope import RUNTIME_ROLE, SIGNIN_ROLE, SYSTEM_ROLE

ROLES = (RUNTIME_ROLE, SYSTEM_ROLE, SIGNIN_ROLE)

#: ``nullif``: after a transaction ends the setting is '' and not NULL, and ``''::uuid`` is an error.
CURRENT_ORG = """
create function app.current_org() returns uuid language sql stable parallel safe
as $$ select nullif(current_setting('app.org_id', true), '')::uuid $$
"""

#: Who creates a role may administer it, but from PostgreSQL 16 on may not take it on without a grant.
CREATE_ROLE = Template("""
do $$$$ begin
  if not exists (select from pg_roles where rolname = '$role') then create role $role nologin; end if;
  if not exists (
    select from pg_auth_members m
    where m.roleid = '$role'::regrole and m.member = quote_ident(current_user)::regrole
      and coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)
  ) then
    execute format('grant $role to %I', current_user);
  end if;
end $$$$
""")


def create_roles() -> Iterator[str]:
    """Yield what makes the roles (they belong to the cluster, so they may be there already) and the schema."""
    for role in ROLES:
        yield CREATE_ROLE.substitute(role=role)
    yield "create schema app"
    yield CURRENT_ORG
    for role in ROLES:
        yield f"grant usage on schema public, app to {role}"
        yield f"grant execute on function app.current_org() to {role}"


def drop_schema() -> Iterator[str]:
    """Yield what undoes ``create_roles``; the roles stay, for other databases of the cluster may use them."""
    yield "drop function app.current_org()"
    yield "drop schema app"


def protect(table: str, *, owner: str | None, runtime: str = "", signin: str = "", system: str = "") -> Iterator[str]:
    """Yield grants and policies of one table.

    Args:
        table: its name.
        owner: the column that the runtime role's rows are told by (``org_id``; ``id`` for the organizations
            themselves); None for a table that the runtime role may use without an owner (reviewed exceptions).
        runtime, signin, system: what each role may do, words of ``select insert update delete``.
    """
    yield f"alter table {table} enable row level security"
    yield f"alter table {table} force row level security"
    for role, words in ((RUNTIME_ROLE, runtime), (SIGNIN_ROLE, signin), (SYSTEM_ROLE, system)):
        if not words:
            continue
        yield f"grant {', '.join(words.split())} on {table} to {role}"
        own = f"{owner} = (select app.current_org())" if role == RUNTIME_ROLE and owner else "true"
        yield (
            f"create policy {role.removeprefix('capecontrol_')} on {table} for all to {role} "
            f"using ({own}) with check ({own})"
        )
