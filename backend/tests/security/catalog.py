"""What PostgreSQL's catalog says about isolation, compared with what the models and the reviewed lists say.

Ten groups of questions (reliability and security, 3.6). Each fault is one sentence; none is what we want.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from capecontrol.core.db.base import Base
from capecontrol.core.db.scope import RUNTIME_ROLE, SIGNIN_ROLE, SYSTEM_ROLE
from tests.security import reviewed

ROLES = (RUNTIME_ROLE, SYSTEM_ROLE, SIGNIN_ROLE)
OWN = "({owner} = ( SELECT app.current_org() AS current_org))"
#: For everybody: a role could drop a policy that names it alone. Worded so that the planner takes it for true.
TAKEN_ON = "(( SELECT 1 WHERE (CURRENT_USER = {roles})) IS NOT NULL)"
ALL = "true"

TABLES = """
select c.relname as name, c.relkind::text as kind, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
  c.reloptions as options, pg_get_userbyid(c.relowner) as owner
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
order by c.relname
"""
POLICIES = """
select tablename as "table", policyname as name, permissive, roles::text[] as roles, cmd, qual, with_check
from pg_policies where schemaname = 'public' order by 1, 2
"""
GRANTS = """
select c.relname as "table", coalesce(r.rolname, 'PUBLIC') as role, lower(a.privilege_type) as word
from pg_class c cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace) and a.grantee <> c.relowner
"""
COLUMN_GRANTS = """
select c.relname as "table", a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
where c.relnamespace = 'public'::regnamespace and a.attacl is not null
"""
FOREIGN_KEYS = """
select k.conname as name, c.relname as "table", t.relname as target,
  (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any(k.conkey))
  as columns,
  (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = k.confrelid and a.attnum = any(k.confkey))
  as targets
from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class t on t.oid = k.confrelid
where k.contype = 'f' and c.relnamespace = 'public'::regnamespace order by 1
"""
INDEXES = """
select i.relname as name, c.relname as "table", x.indisunique as is_unique, x.indisprimary as is_primary,
  x.indpred is not null as is_partial,
  (select array_agg(pg_get_indexdef(x.indexrelid, position, true) order by position)
   from generate_series(1, x.indnkeyatts) as position) as columns
from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
where c.relnamespace = 'public'::regnamespace order by 1
"""
NULLABLE = """
select c.relname as "table" from pg_attribute a join pg_class c on c.oid = a.attrelid
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'org_id' and not a.attnotnull
"""
ROLE_FACTS = """
select r.rolname as name, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as
  is_privileged, r.rolcanlogin as signs_in, r.rolinherit as inherits,
  exists (select from pg_auth_members m where m.member = r.oid) as is_member,
  exists (select from pg_class c where c.relowner = r.oid) or exists (select from pg_proc p where p.proowner = r.oid) as
  owns, has_schema_privilege(r.oid, 'public', 'create') or has_schema_privilege(r.oid, 'app', 'create') as makes
from pg_roles r where r.rolname = any(cast(:roles as text[])) order by 1
"""
LOGIN = """
select rolsuper or rolbypassrls or rolreplication as is_privileged, rolinherit as inherits
from pg_roles where rolname = current_user
"""
FUNCTIONS = """
select p.proname as name, p.prosecdef as is_definer, l.lanname as language, p.proconfig as settings,
  p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0) as is_everybodys
from pg_proc p join pg_language l on l.oid = p.prolang
where p.pronamespace in ('public'::regnamespace, 'app'::regnamespace, 'partitions'::regnamespace) order by 1
"""
TRIGGERS = """
select t.tgname as name, t.tgenabled = 'O' as is_enabled from pg_trigger t join pg_class c on c.oid = t.tgrelid
where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
"""
#: Partitions stand in a schema of their own, which nobody but the owner may enter.
PARTITIONS = """
select c.relname as name, p.relname as parent, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
  c.relowner = p.relowner as is_parents_owners,
  c.relacl is not null and exists (select from aclexplode(c.relacl) a where a.grantee <> c.relowner) as is_granted,
  exists (select from pg_policy o where o.polrelid = c.oid) as has_policies,
  coalesce((
    select array_agg(t.tgname::text order by 1) from pg_trigger t
    where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled = 'O'
  ), '{}') as triggers
from pg_class c left join pg_inherits i on i.inhrelid = c.oid left join pg_class p on p.oid = i.inhparent
where c.relnamespace = 'partitions'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1
"""
PARTITIONS_ENTERED = """
select r.rolname as name from pg_roles r
where r.rolname = any(cast(:roles as text[])) and has_schema_privilege(r.oid, 'partitions', 'usage, create')
union all
select 'PUBLIC' from pg_namespace n cross join lateral aclexplode(n.nspacl) a
where n.nspname = 'partitions' and a.grantee = 0
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """What one model says."""

    table: str
    owner: str | None
    grants: dict[str, set[str]]

    def policies(self) -> dict[str, tuple[str, list[str], str]]:
        """Return by name whether it permits or restricts, whom, and to which rows."""
        owned = self.owner is not None and RUNTIME_ROLE in self.grants
        see_all = sorted(role for role in self.grants if not (owned and role == RUNTIME_ROLE))
        names = ", ".join(f"'{role}'::name" for role in see_all)
        scope = TAKEN_ON.format(roles=names if len(see_all) == 1 else f"ANY (ARRAY[{names}])")
        found = {role.removeprefix("capecontrol_"): ("PERMISSIVE", [role], ALL) for role in see_all}
        if owned:
            own = OWN.format(owner=self.owner)
            is_runtime = TAKEN_ON.format(roles=f"'{RUNTIME_ROLE}'::name")
            scope = f"({scope} OR ({is_runtime} AND {own}))"
            found["runtime"] = ("RESTRICTIVE", [RUNTIME_ROLE], own)
        return {**found, "scope": ("PERMISSIVE", ["public"], scope)}


def expected_tables() -> dict[str, Expected]:
    """Return what the models say of their tables."""
    found = {}
    for mapper in Base.registry.mappers:
        table, access = str(mapper.local_table), mapper.class_.access
        owner = "id" if table == "organizations" else "org_id" if "org_id" in mapper.local_table.c else None
        words = {RUNTIME_ROLE: access.runtime, SIGNIN_ROLE: access.signin, SYSTEM_ROLE: access.system}
        found[table] = Expected(table, owner, {role: set(text.split()) for role, text in words.items() if text})
    return found


async def faults(connection: AsyncConnection) -> list[str]:
    """Return everything that is wrong with a database's isolation."""

    async def ask(statement: str, **values: object) -> list[dict[str, Any]]:
        return [dict(row) for row in (await connection.execute(text(statement), values)).mappings()]

    tables, models = await ask(TABLES), expected_tables()
    owned = {name for name, model in models.items() if model.owner}
    found = [
        *_tables(tables, models),
        *_policies(await ask(POLICIES), models),
        *_grants(await ask(GRANTS), await ask(COLUMN_GRANTS), models),
        *_nullable({row["table"] for row in await ask(NULLABLE)}),
        *_foreign_keys(await ask(FOREIGN_KEYS), owned),
        *_indexes(await ask(INDEXES), models, owned),
        *_roles(await ask(ROLE_FACTS, roles=list(ROLES)), await ask(LOGIN)),
        *_functions(await ask(FUNCTIONS)),
        *_partitions(await ask(PARTITIONS), await ask(PARTITIONS_ENTERED, roles=list(ROLES))),
        *_triggers({row["name"] for row in await ask(TRIGGERS) if row["is_enabled"]}),
    ]
    return sorted(found)


def _tables(rows: list[dict[str, Any]], models: dict[str, Expected]) -> Iterator[str]:
    """Ask 1, 4 and 9: is row security on and forced; is every table known; are views the caller's."""
    for row in rows:
        name, kind = row["name"], row["kind"]
        if kind in ("v", "m", "f"):
            if kind != "v" or name not in reviewed.VIEWS or "security_invoker=true" not in (row["options"] or []):
                yield f"view {name} is not a reviewed, security_invoker view"
            continue
        if name in reviewed.FOREIGN_TABLES:
            continue
        if name not in models:
            yield f"table {name} has no model and no reviewed reason"
        elif models[name].owner is None and name not in reviewed.PLATFORM_TABLES:
            yield f"table {name} is owned by no organization and has no reviewed reason"
        if not (row["secured"] and row["forced"]):
            yield f"table {name}: row-level security is not enabled and forced"
        if row["owner"] in ROLES:
            yield f"table {name} is owned by {row['owner']}"
    present = {row["name"] for row in rows}
    yield from (f"table {name} is missing" for name in models.keys() - present)
    gone = (reviewed.PLATFORM_TABLES.keys() | reviewed.NULLABLE_OWNER.keys()) - present
    yield from (f"the review names a table {name} that is gone" for name in gone)


def _policies(rows: list[dict[str, Any]], models: dict[str, Expected]) -> Iterator[str]:
    """Ask 2 and 3: one permissive policy for everybody, one for each role that has grants, with their expressions."""
    seen = {(row["table"], row["name"]): row for row in rows}
    wanted = {(model.table, name): policy for model in models.values() for name, policy in model.policies().items()}
    for key in wanted.keys() - seen.keys():
        yield f"policy {key[1]} of {key[0]} is missing"
    for key, row in seen.items():
        if key not in wanted:
            yield f"policy {key[1]} of {key[0]} is one too many"
            continue
        kind, roles, expression = wanted[key]
        is_exact = (
            row["permissive"] == kind
            and row["roles"] == roles
            and row["cmd"] == "ALL"
            and all(" ".join(str(row[side]).split()) == expression for side in ("qual", "with_check"))
        )
        if not is_exact:
            yield f"policy {key[1]} of {key[0]} is not the one: {row['roles']} {row['qual']} / {row['with_check']}"


def _grants(rows: list[dict[str, Any]], columns: list[dict[str, Any]], models: dict[str, Expected]) -> Iterator[str]:
    """Ask 5: grants are exactly what the models say; nobody else has any, nobody has TRUNCATE."""
    seen: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        seen.setdefault((row["table"], row["role"]), set()).add(row["word"])
    wanted = {(model.table, role): words for model in models.values() for role, words in model.grants.items()}
    wanted |= {(name, "PUBLIC"): {"select"} for name in reviewed.READ_BY_ALL}
    for key in sorted(seen.keys() | wanted.keys()):
        has, should = seen.get(key, set()), wanted.get(key, set())
        if has != should:
            yield f"{key[1]} on {key[0]}: has {sorted(has)}, should have {sorted(should)}"
        if key[1] == RUNTIME_ROLE and key[0] in reviewed.PLATFORM_TABLES:
            yield f"the runtime role may touch {key[0]}, which no organization owns"
    yield from (f"column grant on {row['table']}.{row['name']}" for row in columns)


def _nullable(tables: set[str]) -> Iterator[str]:
    for name in sorted(tables ^ reviewed.NULLABLE_OWNER.keys()):
        yield f"org_id of {name}: whether it may be null differs from the review"


def _foreign_keys(rows: list[dict[str, Any]], owned: set[str]) -> Iterator[str]:
    """Ask 6: a key between owned tables carries org_id, for its check bypasses row-level security."""
    used = set()
    for row in rows:
        if row["target"] == "organizations" or not {row["table"], row["target"]} <= owned:
            continue
        if {"org_id"} <= set(row["columns"]) & set(row["targets"]):
            continue
        used.add(row["name"])
        if row["name"] not in reviewed.PLAIN_KEYS:
            yield f"foreign key {row['name']} of {row['table']} does not carry org_id"
    yield from (f"the review names a foreign key {name} that is gone" for name in reviewed.PLAIN_KEYS.keys() - used)


def _indexes(rows: list[dict[str, Any]], models: dict[str, Expected], owned: set[str]) -> Iterator[str]:
    """Ask 7 and 8: uniques of owned tables carry the owner or are reviewed; an index begins with it."""
    led, used = set(), set()
    for row in rows:
        table = row["table"]
        if table not in owned:
            continue
        owner = models[table].owner
        if owner == row["columns"][0] and not row["is_partial"]:
            led.add(table)
        if row["is_unique"] and not row["is_primary"] and owner not in row["columns"]:
            used.add(row["name"])
            if row["name"] not in reviewed.GLOBAL_UNIQUES:
                yield f"unique {row['name']} of {table} spans organizations"
    yield from (f"no index of {name} begins with its owner" for name in owned - led)
    yield from (f"the review names a unique {name} that is gone" for name in reviewed.GLOBAL_UNIQUES.keys() - used)


def _roles(rows: list[dict[str, Any]], login: list[dict[str, Any]]) -> Iterator[str]:
    """Ask 9: the roles have no rights but their grants, and the login inherits none of theirs."""
    if {row["name"] for row in rows} != set(ROLES):
        yield "a role is missing"
    for row in rows:
        for fact in ("is_privileged", "signs_in", "is_member", "owns", "makes"):
            if row[fact]:
                yield f"role {row['name']}: {fact}"
    if login[0]["is_privileged"] or login[0]["inherits"]:
        yield "the login is privileged, or inherits the roles"


def _functions(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        if row["is_definer"] and row["name"] not in reviewed.DEFINER_FUNCTIONS:
            yield f"function {row['name']} runs with its owner's rights"
        if row["is_definer"] and row["is_everybodys"]:
            yield f"function {row['name']} runs with its owner's rights for everybody"
        if row["language"] == "plpgsql" and not any("search_path" in one for one in row["settings"] or []):
            yield f"function {row['name']} takes the caller's search_path"


def _partitions(rows: list[dict[str, Any]], entered: list[dict[str, Any]]) -> Iterator[str]:
    """Ask 11: rows of a partition are reached through its table only, and the past is guarded there as well."""
    for row in rows:
        name = row["name"]
        if row["parent"] not in reviewed.PARTITIONED:
            yield f"{name} in the schema of partitions belongs to no reviewed table"
            continue
        if not (row["secured"] and row["forced"]):
            yield f"partition {name}: row-level security is not enabled and forced"
        if row["is_granted"] or row["has_policies"]:
            yield f"partition {name} has grants or policies of its own"
        if not row["is_parents_owners"]:
            yield f"partition {name} has another owner than its table"
        if row["triggers"] != reviewed.PARTITIONED[row["parent"]]:
            yield f"partition {name}: its triggers are {row['triggers']}"
    yield from (f"{role} may enter the schema of partitions" for role in sorted(row["name"] for row in entered))
    yield from (
        f"{table} has no default partition"
        for table in reviewed.PARTITIONED
        if f"{table}_default" not in {row["name"] for row in rows}
    )


def _triggers(names: set[str]) -> Iterator[str]:
    """Ask 10: the triggers are the reviewed ones, each at work."""
    for name in sorted(names ^ reviewed.TRIGGERS.keys()):
        yield f"trigger {name}: whether it is there differs from the review"


#: One line for each thing that models say of a schema, in PostgreSQL's own words: ``alembic check`` compares fewer.
SNAPSHOT = """
select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
  || case when a.attnotnull then ' not null' else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
from pg_attribute a join pg_class c on c.oid = a.attrelid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
union all
select 'constraint ' || c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
from pg_constraint k join pg_class c on c.oid = k.conrelid where c.relnamespace = 'public'::regnamespace
union all
select 'index ' || indexdef from pg_indexes where schemaname = 'public'
"""


async def snapshot(connection: AsyncConnection) -> set[str]:
    """Return the columns, constraints and indexes of a schema as lines that can be compared."""
    rows = (await connection.execute(text(SNAPSHOT))).scalars()
    return {" ".join(line.split()) for line in rows if "alembic_version" not in line}
