"""TLS to PostgreSQL: what each ``sslmode`` promises, tried against a server that speaks it.

The embedded PostgreSQL does not, so these tests need Debian's (``apt-get install postgresql``) and say so where it is
missing. What needs no server is tried everywhere.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.pool import NullPool

from capecontrol.core.db.address import AddressRefused, DatabaseAddress
from capecontrol.main.database.fault import settings_fault
from tests.core.db.tls_server import Authority, TlsServer, programs, tls_server
from tests.main.test_settings import SAFE

IS_TLS = "select ssl from pg_stat_ssl where pid = pg_backend_pid()"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the server's account can reach."""
    made = Path(tempfile.mkdtemp(prefix="capecontrol-tls-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def authority(folder: Path) -> Authority:
    """Who vouches for the server."""
    return Authority.make(folder, "ours")


@pytest.fixture(scope="module")
def stranger(folder: Path) -> Authority:
    """Who vouches for other servers."""
    return Authority.make(folder, "theirs")


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[TlsServer]:
    """The server."""
    installed = programs()
    if installed is None:
        pytest.skip("no PostgreSQL that speaks TLS is installed (apt-get install postgresql)")
    with tls_server(folder, installed) as server:
        yield server


@pytest.fixture
def named(running: TlsServer, authority: Authority) -> TlsServer:
    """The server with a certificate for its own name, however the test before left it."""
    running.show(*authority.issue("localhost", "DNS:localhost"))
    return running


async def reach(url: str) -> str:
    """Return how an address was reached, in TLS or in the clear, or the sentence by which a start ends."""
    address = DatabaseAddress.parse(url, {})
    engine = address.create_engine(poolclass=NullPool, connect_args={"timeout": 10})
    try:
        async with engine.connect() as connection:
            return "TLS" if (await connection.execute(text(IS_TLS))).scalar_one() else "clear"
    except Exception as error:
        fault = settings_fault(error, address.url)
        if fault is None:
            raise
        return str(fault)
    finally:
        await engine.dispose()


UNTRUSTED = "DATABASE_URL leads to localhost, whose certificate is not trusted: "
UNKNOWN = UNTRUSTED + "self-signed certificate in certificate chain."
NO_TLS = "DATABASE_URL demands TLS (sslmode), which the server at localhost does not speak."


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("sslmode=disable", "clear"),
        ("sslmode=allow", "clear"),
        ("sslmode=prefer", "TLS"),
        ("", "TLS"),
        ("sslmode=require", "TLS"),
        ("ssl=require", "TLS"),
        ("sslmode=require&sslrootcert={ours}", "TLS"),
        ("sslmode=verify-ca&sslrootcert={ours}", "TLS"),
        ("sslmode=verify-full&sslrootcert={ours}", "TLS"),
        ("ssl=verify-full&sslrootcert={ours}", "TLS"),
        ("sslmode=verify-full&sslrootcert={ours}&channel_binding=require&gssencmode=disable", "TLS"),
        ("sslmode=require&application_name=reports&connect_timeout=9&target_session_attrs=read-write", "TLS"),
        ("sslmode=require&sslrootcert={theirs}", "untrusted"),
        ("sslmode=verify-ca&sslrootcert={theirs}", "untrusted"),
        ("sslmode=verify-full&sslrootcert={theirs}", "untrusted"),
        ("sslmode=verify-full", "untrusted"),
        ("sslrootcert=system", "untrusted"),
    ],
)
async def test_each_mode_keeps_its_promise(
    query: str, how: str, named: TlsServer, authority: Authority, stranger: Authority
) -> None:
    found = await reach(named.url(query.format(ours=authority.certificate, theirs=stranger.certificate)))

    assert (found if how != "untrusted" else found.startswith(UNTRUSTED) and how) == how


async def test_the_authorities_of_the_machine_are_asked_where_no_file_is_named(
    named: TlsServer, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))

    assert await reach(named.url("sslmode=verify-full")) == "TLS"
    assert await reach(named.url("sslmode=verify-full&sslrootcert=system")) == "TLS"


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("sslmode=require", "TLS"),
        ("sslmode=verify-ca&sslrootcert={ours}", "TLS"),
        (
            "sslmode=verify-full&sslrootcert={ours}",
            UNTRUSTED + "Hostname mismatch, certificate is not valid for 'localhost'.",
        ),
    ],
)
async def test_a_server_of_another_name(query: str, how: str, running: TlsServer, authority: Authority) -> None:
    running.show(*authority.issue("db.example", "DNS:db.example"))

    assert await reach(running.url(query.format(ours=authority.certificate))) == how


async def test_a_certificate_without_alternative_names_goes_by_its_common_name(
    running: TlsServer, authority: Authority
) -> None:
    running.show(*authority.issue("localhost", None))

    assert await reach(running.url(f"sslmode=verify-full&sslrootcert={authority.certificate}")) == "TLS"


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("sslmode=disable", "clear"),
        ("sslmode=allow", "clear"),
        ("sslmode=prefer", "clear"),
        ("sslmode=require", NO_TLS),
        ("sslmode=verify-ca&sslrootcert={ours}", NO_TLS),
        ("sslmode=verify-full", NO_TLS),
    ],
)
async def test_a_server_that_speaks_no_tls(query: str, how: str, running: TlsServer, authority: Authority) -> None:
    running.speak_in_the_clear()

    assert await reach(running.url(query.format(ours=authority.certificate))) == how


async def test_a_server_that_demands_tls(running: TlsServer, authority: Authority) -> None:
    running.show(*authority.issue("localhost", "DNS:localhost"))
    running.demand_tls()

    assert await reach(running.url("sslmode=allow")) == "TLS"
    assert await reach(running.url("sslmode=disable")) == (
        "DATABASE_URL names a login, a password or a protection that localhost does not accept."
    )


async def test_a_server_that_demands_a_certificate_of_ours(running: TlsServer, authority: Authority) -> None:
    certificate, key = authority.issue("capecontrol", None)
    running.show(*authority.issue("localhost", "DNS:localhost"), clients=authority.certificate)
    verified = f"sslmode=verify-full&sslrootcert={authority.certificate}"

    assert await reach(running.url(f"{verified}&sslcert={certificate}&sslkey={key}")) == "TLS"
    assert "does not accept" in await reach(running.url(verified))


async def test_a_wrong_password_and_an_unknown_database_are_told(named: TlsServer) -> None:
    named.demand_tls()

    assert "does not accept" in await reach(named.url("sslmode=require", login="nobody"))
    unknown = named.url("sslmode=require").replace("/postgres?", "/nothing?")
    assert await reach(unknown) == "DATABASE_URL names the database nothing, which localhost does not have."


@pytest.mark.parametrize("command", [["api"], ["worker"], ["scheduler"], ["db", "status"], ["db", "migrate"]])
def test_no_process_waits_for_a_server_that_is_not_trusted(
    command: list[str], running: TlsServer, authority: Authority, stranger: Authority
) -> None:
    running.show(*authority.issue("localhost", "DNS:localhost"))
    url = running.url(f"sslmode=verify-full&sslrootcert={stranger.certificate}")
    given = {name.upper(): str(value) for name, value in (SAFE | {"database_url": url}).items()}
    given |= {"MIGRATIONS_DATABASE_URL": url, "ALLOW_MIGRATIONS": "1", "MIGRATION_APPROVAL": "CHG-7", "PORT": "8999"}

    ended = subprocess.run(
        [sys.executable, "-m", "capecontrol", *command],
        env={"PATH": os.environ["PATH"]} | given,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    name = "MIGRATIONS_DATABASE_URL" if command[-1] == "migrate" else "DATABASE_URL"
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1].startswith(f"{name} leads to localhost, whose certificate is not trusted: ")
    assert "Traceback" not in ended.stderr


MANY = "allow, prefer, require, verify-ca, verify-full"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("sslmode=verify-fool", f"has the unknown sslmode 'verify-fool': write one of disable, {MANY}"),
        ("ssl=true", f"has the unknown sslmode 'true': write one of disable, {MANY}"),
        ("ssl=require&sslmode=disable", "has both ssl and sslmode, and they differ: write sslmode alone"),
        ("sslmod=require", "has an unknown parameter: sslmod"),
        ("sslmode=verify-full&sslrootcert=/no/ca.pem", "names a file with sslrootcert that is not there: /no/ca.pem"),
        (
            f"sslmode=verify-full&sslrootcert={__file__}",
            f"names a file with sslrootcert that holds no certificate or key to use: {__file__}",
        ),
        ("sslmode=require&sslcert=/no/us.pem", "names a file with sslcert that is not there: /no/us.pem"),
        ("sslmode=require&sslkey=/no/us.key", "has sslkey without sslcert: name both"),
        (
            "sslmode=prefer&sslcert=/no/us.pem",
            "has sslcert or sslkey with sslmode=prefer: write sslmode=require or stricter",
        ),
        (
            "sslmode=verify-ca",
            "has sslmode=verify-ca without sslrootcert, and the machine's own authorities vouch for anybody: "
            "name the file of the authority, or write sslmode=verify-full",
        ),
        (
            "sslmode=require&sslrootcert=system",
            "has sslmode=require with the machine's own authorities, which vouch for anybody: "
            "write sslmode=verify-full",
        ),
        ("connect_timeout=soon", "has connect_timeout=soon, which is no number"),
        ("gssencmode=require", "asks for gssencmode=require, which our driver cannot do: leave it out"),
        (
            "sslmode=require&channel_binding=require",
            "asks for channel_binding=require, which our driver cannot do: write sslmode=verify-full instead, "
            "which also prevents interception",
        ),
    ],
)
def test_what_an_address_cannot_mean_is_told(query: str, sentence: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        DatabaseAddress.parse(f"postgresql://login@db.example/capecontrol?{query}", {}).connect_args()

    assert str(refused.value) == sentence


def test_the_environment_of_libpq_stands_in_for_what_the_address_leaves_out(authority: Authority) -> None:
    given = {"PGSSLMODE": "verify-full", "PGSSLROOTCERT": str(authority.certificate)}

    assert DatabaseAddress.parse("postgresql://login@db.example/capecontrol", given).tls.is_verified
    assert not DatabaseAddress.parse("postgresql://login@db.example/capecontrol?sslmode=disable", given).tls.is_verified
