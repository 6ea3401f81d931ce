from __future__ import annotations

import signal
import socket
import subprocess
from pathlib import Path

import asyncpg
import pytest

from capecontrol.local.account import Account
from capecontrol.local.failure import LocalFailure
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.local.process import ProcessIdentity
from capecontrol.local.services import embedded_postgres


def asyncpg_url(dsn: str) -> str:
    return dsn.replace("postgresql+asyncpg://", "postgresql://")


@pytest.mark.parametrize("is_owner", [False, True])
async def test_neither_login_has_power_over_row_level_security(home: Path, is_owner: bool) -> None:
    with embedded_postgres(home, durable=False) as server:
        connection = await asyncpg.connect(asyncpg_url(server.owner_dsn() if is_owner else server.app_dsn()))
        try:
            role = await connection.fetchrow(
                "SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication "
                "FROM pg_roles WHERE rolname = current_user"
            )
            owner = await connection.fetchval(
                "SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()"
            )
        finally:
            await connection.close()
    assert role is not None
    name = "capecontrol" if is_owner else "capecontrol_app"
    assert tuple(role.values()) == (name, False, False, is_owner, False, False, False)
    assert owner == "capecontrol"


def test_it_listens_on_the_loopback_address_only(home: Path) -> None:
    with embedded_postgres(home, durable=False) as server:
        assert server.run_sql("SHOW listen_addresses") == "127.0.0.1"
        assert server.run_sql("SHOW unix_socket_directories") == ""
        assert server.run_sql("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'") == "0"


def test_data_passwords_and_port_survive_a_restart(home: Path) -> None:
    with embedded_postgres(home, durable=False) as server:
        server.run_sql("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')")
        dsn = server.app_dsn()
    with embedded_postgres(home, durable=False) as server:
        assert server.run_sql("SELECT word FROM kept") == "still here"
        assert server.app_dsn() == dsn


def test_after_a_kill_it_comes_back_on_the_same_port_with_its_data(home: Path) -> None:
    with embedded_postgres(home) as server:
        server.run_sql("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('committed')")
        port = server.port
        server.kill()
        assert not server.is_running()
        server.start()
        assert server.port == port
        assert server.run_sql("SELECT word FROM kept") == "committed"


def test_a_server_that_an_earlier_run_left_behind_is_stopped_first(home: Path) -> None:
    with embedded_postgres(home, durable=False) as left_behind:
        identity = ProcessIdentity.of(left_behind.pid or 0)
        with embedded_postgres(home, durable=False) as server:
            assert identity is not None
            assert not identity.is_running()
            assert server.run_sql("SELECT 1") == "1"


def test_a_pid_file_that_names_somebody_elses_process_does_not_stop_it(home: Path) -> None:
    server = EmbeddedPostgres(home, durable=False)
    server.start()
    server.kill()
    account = Account.for_database(server.data)
    # As after a restart of the machine: the number now belongs to another program of the same account.
    with subprocess.Popen(
        ["/bin/sleep", "600"],
        user=None if account is None else account.uid,
        group=None if account is None else account.gid,
        extra_groups=None if account is None else [],
    ) as stranger:
        pid_file = server.data / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n" + pid_file.read_text().partition("\n")[2])
        try:
            server.start()
            assert server.run_sql("SELECT 1") == "1"
            assert stranger.poll() is None
        finally:
            stranger.send_signal(signal.SIGKILL)
            server.stop()


def test_a_taken_port_is_left_to_whom_it_belongs(home: Path) -> None:
    with embedded_postgres(home, durable=False) as server:
        port = server.port
    with socket.create_server(("127.0.0.1", port)), embedded_postgres(home, durable=False) as server:
        assert server.port != port
        assert server.run_sql("SELECT 1") == "1"


def test_data_of_another_version_gets_a_sentence_with_the_command_that_helps(home: Path) -> None:
    server = EmbeddedPostgres(home, durable=False)
    server.start()
    server.stop()
    (server.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(
        LocalFailure, match=r"PostgreSQL 17, and this is PostgreSQL 18: `CAPECONTROL_HOME=.* make reset`"
    ):
        EmbeddedPostgres(home, durable=False).start()


def test_lost_passwords_get_a_sentence_with_the_command_that_helps(home: Path) -> None:
    server = EmbeddedPostgres(home, durable=False)
    server.start()
    server.stop()
    (home / "postgres.json").unlink()
    with pytest.raises(LocalFailure, match=r"passwords .* are lost: `CAPECONTROL_HOME=.* make reset`"):
        EmbeddedPostgres(home, durable=False).start()


def test_an_interrupted_first_start_begins_again(home: Path) -> None:
    unfinished = home / "postgres.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    with embedded_postgres(home, durable=False) as server:
        assert server.run_sql("SELECT 1") == "1"
    assert not unfinished.exists()


@pytest.mark.usefixtures("as_root")
def test_a_home_that_the_account_cannot_enter_keeps_its_rights(home: Path) -> None:
    home.chmod(0o700)
    server = EmbeddedPostgres(home, durable=False)
    try:
        server.start()
        assert not server.data.is_relative_to(home)
        assert server.data.stat().st_uid != 0
        assert home.stat().st_mode & 0o777 == 0o700
        again = EmbeddedPostgres(home, durable=False)
        assert again.data == server.data
    finally:
        server.destroy()
    assert not server.data.parent.exists()


def test_destroying_it_leaves_nothing_running_and_no_data(home: Path) -> None:
    server = EmbeddedPostgres(home, durable=False)
    server.start()
    identity = ProcessIdentity.of(server.pid or 0)
    server.destroy()
    assert identity is not None
    assert not identity.is_running()
    assert not server.data.exists()
