"""The command line: what an environment without stand-ins refuses, in sentences and at once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography.fernet import Fernet

from capecontrol.local.home import claim_home
from capecontrol.local.postgres import EmbeddedPostgres
from capecontrol.main.settings.fields import DEMO_ADDRESS

STAGING = {
    "CAPECONTROL_ENV": "staging",
    "PUBLIC_URL": "https://portal.example",
    "SECRET_KEY": "k9Hq2vXw7Zr4Tn8Bm1Lc6Pd3Fs5Gj0Yae",
    "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    # Nobody listens there: what needs a database would wait for it.
    "PRIVATE_SERVICES": "127.0.0.1",
    "DATABASE_URL": "postgresql://login@127.0.0.1:1/capecontrol",
    "REDIS_URL": "redis://127.0.0.1:1",
    "SMTP_URL": "smtp://127.0.0.1:1",
    "MAIL_FROM": "billing@harbour.example",
    "SELLER_NAME": "Harbour Automation (Pty) Ltd",
    "SELLER_ADDRESS": "1 Dock Road, Cape Town",
    "STRIPE_SECRET_KEY": "sk_test_of_the_staging",
    "STRIPE_WEBHOOK_SECRET": "whsec_7Zr4Tn8Bm1Lc6Pd3",
}
NO_CARRIER = "SMTP_URL or RESEND_API_KEY must say how mail is sent."
NO_STRIPE = "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be given."
NO_SELLER = "SELLER_NAME and SELLER_ADDRESS must say who writes the invoices."
NO_OWNER = (
    "MIGRATIONS_DATABASE_URL must name the login that owns the schema; if there is only one login, "
    "set ALLOW_OWNER_LOGIN=1."
)
NOT_LOCAL = "Demo data exists in the local environment only: CAPECONTROL_ENV must be local."


def told(*command: str, **environment: str) -> tuple[int, str]:
    """Return the exit code of a command and what it wrote to standard error."""
    bare = {"PATH": os.environ["PATH"]}
    ended = subprocess.run(
        [sys.executable, "-m", *command],
        env=bare | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return ended.returncode, ended.stderr.strip()


@pytest.mark.parametrize(
    ("environment", "process", "missing", "sentence"),
    [
        ("staging", "api", "SMTP_URL", NO_CARRIER),
        ("staging", "worker", "STRIPE_SECRET_KEY", NO_STRIPE),
        ("local", "worker", "STRIPE_SECRET_KEY", NO_STRIPE),
    ],
)
def test_nothing_stands_in_for_what_is_missing(environment: str, process: str, missing: str, sentence: str) -> None:
    given = {name: value for name, value in STAGING.items() if name != missing}

    assert told("capecontrol", process, **given | {"CAPECONTROL_ENV": environment}) == (2, sentence)


@pytest.mark.parametrize("command", [("api",), ("worker",), ("scheduler",), ("seed",), ("staff", "add", "a@b.example")])
def test_every_command_ends_with_all_complaints(command: tuple[str, ...]) -> None:
    faulty = STAGING | {"SECRET_KEY": "changeme", "RATE_LIMITS": "off", "STAFF_PASSWORD": "Harbour-pass-2026!"}

    assert told("capecontrol", *command, **faulty) == (
        2,
        "SECRET_KEY must be at least 32 random characters (`openssl rand -base64 48`).\nRATE_LIMITS must be on.",
    )


def test_settings_are_checked_before_anything_runs() -> None:
    assert told("capecontrol", "settings", "check", **STAGING) == (0, "")
    assert told("capecontrol", "settings", "check", **STAGING | {"SECRET_KEY": "changeme", "RATE_LIMITS": "off"}) == (
        2,
        "SECRET_KEY must be at least 32 random characters (`openssl rand -base64 48`).\nRATE_LIMITS must be on.",
    )


def test_the_check_refuses_what_the_first_start_would() -> None:
    nobody = {name: value for name, value in STAGING.items() if name != "SELLER_NAME"}
    unpaid = {name: value for name, value in STAGING.items() if name != "STRIPE_SECRET_KEY"}

    assert told("capecontrol", "settings", "check", **nobody) == (2, NO_SELLER)
    assert told("capecontrol", "settings", "check", **STAGING | {"SELLER_ADDRESS": DEMO_ADDRESS}) == (2, NO_SELLER)
    assert told("capecontrol", "settings", "check", "--installed", **nobody) == (0, "")
    assert told("capecontrol", "settings", "check", **unpaid | {"CAPECONTROL_ENV": "local"}) == (2, NO_STRIPE)


@pytest.mark.parametrize("command", ["migrate", "status", "check"])
def test_the_commands_of_the_database_ask_for_its_settings_alone(command: str) -> None:
    assert told("capecontrol", "db", command) == (2, "DATABASE_URL must be given.")
    assert told("capecontrol", "db", command, DATABASE_URL="postgresql://login@db.example/capecontrol") == (
        2,
        "DATABASE_URL must verify the server's certificate (?sslmode=verify-full), "
        "or PRIVATE_SERVICES must name its host.",
    )


def test_a_schema_is_changed_by_a_login_that_somebody_named() -> None:
    given = STAGING | {"ALLOW_MIGRATIONS": "1"}
    away = (1, "The database does not answer: check DATABASE_URL and that PostgreSQL runs.")

    assert told("capecontrol", "db", "migrate", **given) == (2, NO_OWNER)
    assert told("capecontrol", "db", "migrate", **given, ALLOW_OWNER_LOGIN="1") == away
    assert told("capecontrol", "db", "migrate", **given | {"CAPECONTROL_ENV": "local"}) == away


@pytest.mark.parametrize("command", ["db status", "db check", "outbox list", "secrets status"])
def test_a_database_that_lets_nobody_in_is_told_in_a_sentence(command: str, postgres: EmbeddedPostgres) -> None:
    port = urlsplit(postgres.app_dsn()).port
    stranger = f"postgresql://nobody:wrong@127.0.0.1:{port}/capecontrol"

    assert told("capecontrol", *command.split(), **STAGING) == (
        1,
        "The database does not answer: check DATABASE_URL and that PostgreSQL runs.",
    )
    assert told("capecontrol", *command.split(), **STAGING | {"DATABASE_URL": stranger}) == (
        2,
        "DATABASE_URL names a login, a password or a protection that 127.0.0.1 does not accept.",
    )


@pytest.mark.parametrize("environment", ["staging", "test"])
def test_demo_data_stays_out_of_other_environments(environment: str, tmp_path: Path) -> None:
    given = STAGING | {"CAPECONTROL_ENV": environment, "CAPECONTROL_HOME": str(claim_home(tmp_path / "home"))}

    assert told("capecontrol", "seed", **given) == (1, NOT_LOCAL)


def test_demo_data_stays_out_of_folders_that_no_local_run_has_made(tmp_path: Path) -> None:
    given = STAGING | {"CAPECONTROL_ENV": "local", "CAPECONTROL_HOME": str(tmp_path)}

    assert told("capecontrol", "seed", **given) == (
        1,
        f"{tmp_path} was not made by a local run, so nothing was added: check CAPECONTROL_HOME.",
    )


def test_the_description_of_the_api_names_no_stand_in(tmp_path: Path) -> None:
    target = tmp_path / "openapi.json"
    assert told("capecontrol", "openapi", "export", str(target)) == (0, "")
    nowhere = tmp_path / "nowhere" / "openapi.json"
    sentence = f"{nowhere} can't be written: No such file or directory."
    assert told("capecontrol", "openapi", "export", str(nowhere)) == (1, sentence)
    paths = json.loads(target.read_text())["paths"]

    assert "/api/health" in paths
    assert [path for path in paths if "/dev" in path] == []
