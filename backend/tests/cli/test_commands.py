"""The command line: what an environment without stand-ins refuses, in a sentence and at once."""

import json
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from capecontrol.cli.commands import app

STAGING = {
    "CAPECONTROL_ENV": "staging",
    "SECRET_KEY": "k9Hq2vXw7Zr4Tn8Bm1Lc6Pd3Fs5Gj0Yae",
    "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    # Nobody listens there: what needs a database would wait for it.
    "DATABASE_URL": "postgresql://login@127.0.0.1:1/capecontrol",
    "REDIS_URL": "redis://127.0.0.1:1",
    "SMTP_URL": "smtp://127.0.0.1:1",
    "STRIPE_SECRET_KEY": "sk_test_of_the_staging",
    "STRIPE_WEBHOOK_SECRET": "whsec_of_the_staging",
}
NO_CARRIER = "The settings are not complete: SMTP_URL or RESEND_API_KEY must say how mail is sent."
NO_STRIPE = "The settings are not complete: STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be given."


@pytest.mark.parametrize(
    ("process", "missing", "sentence"), [("api", "SMTP_URL", NO_CARRIER), ("worker", "STRIPE_SECRET_KEY", NO_STRIPE)]
)
def test_nothing_stands_in_outside_the_local_run(process: str, missing: str, sentence: str) -> None:
    settings = {name: value for name, value in STAGING.items() if name != missing}
    refused = subprocess.run(
        [sys.executable, "-m", "capecontrol", process], env=settings, capture_output=True, text=True, check=False
    )

    assert (refused.returncode, refused.stderr.strip()) == (1, sentence)


def test_demo_data_stays_out_of_other_environments() -> None:
    refused = CliRunner(env=STAGING).invoke(app, ["seed"])

    assert (refused.exit_code, refused.stderr.strip()) == (1, "Demo data exists in the local environment only.")


def test_the_description_of_the_api_names_no_stand_in() -> None:
    paths = json.loads(CliRunner().invoke(app, ["openapi", "export"]).stdout)["paths"]

    assert "/api/health" in paths
    assert [path for path in paths if "/dev" in path] == []
