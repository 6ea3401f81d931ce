"""What an intruder who holds the running login would try, and what PostgreSQL answers.

``docs/reference/running-login.md`` holds the answers as a table; a test compares. To write it again after a change:
``REWRITE_RUNNING_LOGIN=1 pytest tests/security/test_running_login.py``.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

import asyncpg

#: Who tries: the login by itself, and as each role that it may take on.
ROLES = ("none", "capecontrol_runtime", "capecontrol_signin", "capecontrol_system")

#: How often an attempt is made that meets somebody else's locks.
TRIES = 3

#: By what they are after. Statements of one attempt are separated by semicolons.
ATTEMPTS: dict[str, tuple[str, ...]] = {
    "The policies": (
        "alter table projects disable row level security",
        "alter table projects no force row level security",
        "drop policy runtime on projects",
        "alter policy runtime on projects using (true)",
        "create policy generous on projects using (true)",
        "set row_security = off; select * from projects",
        "set session_replication_role = replica",
        "drop owned by capecontrol_runtime",
        "drop owned by capecontrol_signin",
        "drop owned by capecontrol_system",
        "drop owned by capecontrol_system cascade",
        "drop owned by capecontrol",
    ),
    "The audit log": (
        "delete from audit_events",
        "update audit_events set action = 'nothing.happened'",
        "truncate audit_events",
        "drop table audit_events",
        "alter table audit_events disable trigger audit_events_append_only",
        "drop trigger audit_events_append_only on audit_events",
        "alter table audit_events detach partition partitions.audit_events_default",
        "delete from partitions.audit_events_default",
        "truncate partitions.audit_events_default",
        "alter table partitions.audit_events_default disable trigger audit_events_append_only",
        "create or replace function app.refuse_change() returns trigger language plpgsql as 'begin return new; end'",
        "drop function app.refuse_change() cascade",
        "select app.make_audit_partition('2031-01-01')",
        "select app.guard_audit_partition('audit_events_default')",
        "delete from migration_evidence",
        "update alembic_version set version_num = '20260101_0000'",
    ),
    "The roles": (
        "create role intruder",
        "alter role capecontrol_app superuser",
        "alter role capecontrol_app createrole",
        "alter role capecontrol_app bypassrls",
        "alter role capecontrol password 'taken over'",
        "drop role capecontrol_signin",
        "set role capecontrol",
        "set role postgres",
        "set session authorization postgres",
        "grant capecontrol to capecontrol_app",
        "grant capecontrol_system to capecontrol_signin",
        "grant select on users to public",
        "grant all on audit_events to capecontrol_runtime",
        "revoke all on projects from capecontrol_system",
        "revoke capecontrol_runtime from capecontrol_app",
        "alter table projects owner to capecontrol_app",
        "reassign owned by capecontrol to capecontrol_app",
        "alter default privileges for role capecontrol grant all on tables to public",
    ),
    "New objects": (
        "create table public.mine (id int)",
        "create table app.mine (id int)",
        "create temporary table mine (id int)",
        "create view public.mine as select 1",
        "create sequence public.mine",
        "create type public.mine as enum ('mine')",
        "create function public.mine() returns int language sql security definer as 'select 1'",
        "create index mine on projects (title)",
        "create trigger mine after insert on projects for each row execute function app.notify_outbox()",
        "create schema mine",
        "create extension pg_trgm",
        "create function public.mine() returns int language c as '/tmp/mine.so'",
        "create publication mine for all tables",
        "create event trigger mine on ddl_command_start execute function app.refuse_change()",
        "create database mine",
    ),
    "The server": (
        "copy users to program 'cat > /tmp/users'",
        "copy (select 1) to '/tmp/one'",
        "copy users from '/etc/passwd'",
        "select lo_import('/etc/passwd')",
        "select pg_read_file('/etc/passwd')",
        "select pg_ls_dir('.')",
        "select * from pg_authid",
        "select pg_create_logical_replication_slot('mine', 'pgoutput')",
        "select pg_reload_conf()",
        "alter system set log_statement = 'none'",
        "set log_statement = 'none'",
        "alter database capecontrol set row_security = off",
        "load '/tmp/mine.so'",
    ),
}
#: What PostgreSQL refuses to run in a transaction would be refused for that reason alone.
ALONE = ("create database", "alter system")
#: All that an attempt could have changed without an error. A policy that names a role is the role's to drop; those that
#: name none hold without it.
STATE = """
select jsonb_build_object(
  'acl', (select jsonb_agg(relacl::text order by oid) from pg_class where relnamespace > 16000 or relname = 'users'),
  'roles', (select jsonb_agg(to_jsonb(r) order by oid) from pg_roles r),
  'members', (select jsonb_agg(to_jsonb(m) order by oid) from pg_auth_members m),
  'policies', (select jsonb_agg(to_jsonb(p) order by oid) from pg_policy p where p.polroles = '{0}'),
  'triggers', (select jsonb_agg(tgenabled order by oid) from pg_trigger),
  'settings', (select count(*) from pg_db_role_setting)
)::text
"""
#: Granting or revoking what one may not is no error: PostgreSQL warns, and does nothing. Of which object it says so
#: first depends on the cluster.
_UNMOVED = re.compile("no privileges (were granted for .*|could be revoked)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What PostgreSQL said to one attempt; no words where it obeyed."""

    statement: str
    role: str
    words: str | None
    has_changed: bool = False


async def attempt(connection: asyncpg.Connection, statement: str, role: str, before: str) -> Answer:
    """Try, and undo it where it worked; again where it met somebody else's locks, which says nothing of its right.

    Args:
        connection: whose login tries.
        statement: what it tries.
        role: the one it takes on.
        before: the state that nobody should change.
    """
    for _ in range(TRIES - 1):
        with suppress(asyncpg.DeadlockDetectedError):
            return await _attempt(connection, statement, role, before)
    return await _attempt(connection, statement, role, before)


async def _attempt(connection: asyncpg.Connection, statement: str, role: str, before: str) -> Answer:
    warnings: list[str] = []

    def listen(_connection: object, message: asyncpg.PostgresLogMessage) -> None:
        warnings.append(message.message)

    is_alone = statement.startswith(ALONE)
    connection.add_log_listener(listen)
    if not is_alone:
        await connection.execute("begin")
    try:
        await connection.execute(f"set role {role}")
        await connection.execute(statement)
        has_changed = await connection.fetchval(STATE) != before
    except asyncpg.DeadlockDetectedError:
        raise
    except asyncpg.PostgresError as error:
        return Answer(statement, role, str(error.args[0]))
    finally:
        if not is_alone:
            await connection.execute("rollback")
        await connection.execute("reset role")
        connection.remove_log_listener(listen)
    unmoved = next((found[0] for word in warnings if (found := _UNMOVED.match(word))), None)
    return Answer(statement, role, unmoved, has_changed)


def table(answers: list[Answer]) -> str:
    """Return the answers to the login and to the strongest of its roles, as the document shows them."""
    said = {(answer.statement, answer.role): answer.words for answer in answers}
    lines = []
    for purpose, statements in ATTEMPTS.items():
        lines += [f"### {purpose}", "", "| attempt | as the login | as `capecontrol_system` |", "| --- | --- | --- |"]
        for statement in statements:
            alone, strongest = said[statement, "none"], said[statement, "capecontrol_system"]
            lines.append(f"| `{statement}` | {alone} | {'the same' if strongest == alone else strongest} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
