"""A PostgreSQL that speaks TLS, with an authority and certificates of the test's own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from capecontrol.local.account import Account
from capecontrol.local.port import LOOPBACK, free_port

#: Where Debian puts a PostgreSQL that is built with OpenSSL; the embedded one is not.
INSTALLED = Path("/usr/lib/postgresql")
PASSWORD = "of-the-tls-tests"


def programs() -> Path | None:
    """Return the folder of an installed PostgreSQL that speaks TLS, the newest."""
    found = sorted(INSTALLED.glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


@dataclass(frozen=True)
class Authority:
    """A certificate authority in a folder."""

    folder: Path
    name: str

    @property
    def certificate(self) -> Path:
        """The file that vouches."""
        return self.folder / f"{self.name}.crt"

    @classmethod
    def make(cls, folder: Path, name: str) -> "Authority":
        """Make an authority."""
        made = cls(folder, name)
        subject = ("-subj", f"/CN={name}", "-keyout", str(folder / f"{name}.key"), "-out", str(made.certificate))
        _openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject)
        return made

    def issue(self, name: str, alternative: str | None) -> tuple[Path, Path]:
        """Make a certificate for a name and an alternative one such as ``DNS:localhost``; return it and its key."""
        stem = self.folder / f"{self.name}-{name}"
        key, request, certificate = (stem.with_suffix(suffix) for suffix in (".key", ".csr", ".pem"))
        _openssl(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout", str(key), "-out", str(request)
        )
        extensions = stem.with_suffix(".ext")
        extensions.write_text(f"subjectAltName={alternative}\n" if alternative else "")
        signer = ("-CA", str(self.certificate), "-CAkey", str(self.folder / f"{self.name}.key"), "-CAcreateserial")
        _openssl(
            "x509",
            "-req",
            "-in",
            str(request),
            *signer,
            "-days",
            "2",
            "-extfile",
            str(extensions),
            "-out",
            str(certificate),
        )
        return certificate, key


@dataclass(frozen=True)
class TlsServer:
    """A running server."""

    port: int
    data: Path
    account: Account | None
    folder: Path

    def url(self, query: str = "", host: str = "localhost", login: str = "postgres") -> str:
        """Return an address of it."""
        return f"postgresql://{login}:{PASSWORD}@{host}:{self.port}/postgres{query and '?'}{query}"

    def show(self, certificate: Path, key: Path, *, clients: Path | None = None) -> None:
        """Show this certificate from now on, and demand one of clients that an authority vouches for."""
        shown = [(certificate, "server.crt"), (key, "server.key")]
        settings, rule = "ssl = on\n", "host all all all scram-sha-256\n"
        if clients is not None:
            shown.append((clients, "clients.crt"))
            settings += "ssl_ca_file = 'clients.crt'\n"
            rule = "hostssl all all all scram-sha-256 clientcert=verify-ca\n"
        for source, name in shown:
            target = self.data / name
            shutil.copy(source, target)
            target.chmod(0o600)
            if self.account is not None:
                os.chown(target, self.account.uid, self.account.gid)
        self._restart(settings, rule)

    def speak_in_the_clear(self) -> None:
        """Speak no TLS from now on."""
        self._restart("ssl = off\n", "host all all all scram-sha-256\n")

    def demand_tls(self) -> None:
        """Let in nobody who speaks in the clear, from now on."""
        self._restart("ssl = on\n", "hostssl all all all scram-sha-256\n")

    def _restart(self, settings: str, rule: str) -> None:
        (self.data / "postgresql.auto.conf").write_text(settings)
        (self.data / "pg_hba.conf").write_text(rule)
        run_as(self.account, self.folder / "pg_ctl", "restart", "-w", "-m", "fast", "-D", str(self.data))


@contextmanager
def tls_server(folder: Path, installed: Path) -> Iterator[TlsServer]:
    """Run a server without a certificate in a folder that its account can reach; it ends with the block."""
    data, port = folder / "data", free_port()
    account = Account.for_database(data)
    data.mkdir(mode=0o700)
    password = folder / "password"
    password.write_text(PASSWORD)
    if account is not None:
        for path in (data, password):
            os.chown(path, account.uid, account.gid)
    run_as(
        account, installed / "initdb", "-D", str(data), "-U", "postgres", "--auth=scram-sha-256", "-N", "--locale=C",
        f"--pwfile={password}",
    )  # fmt: skip
    options = f"-h {LOOPBACK} -p {port} -c fsync=off -c unix_socket_directories=''"
    log = str(data / "log")
    run_as(account, installed / "pg_ctl", "start", "-w", "-D", str(data), "-l", log, "-o", options)
    try:
        yield TlsServer(port, data, account, installed)
    finally:
        run_as(account, installed / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(data))


def run_as(account: Account | None, program: Path, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the account that may."""
    done = subprocess.run(
        [str(program), *arguments],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        user=None if account is None else account.uid,
        group=None if account is None else account.gid,
        extra_groups=None if account is None else [],
    )
    assert done.returncode == 0, done.stderr


def _openssl(*arguments: str) -> None:
    done = subprocess.run(
        [shutil.which("openssl") or "/usr/bin/openssl", *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
