"""Settings: all of them told, and none that is unsafe in production."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import ValidationError

from capecontrol.main.settings import Settings
from capecontrol.main.wiring import build_business

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "settings.md"
SAFE = {
    "capecontrol_env": "production",
    "public_url": "https://portal.example",
    "secret_key": "k9Hq2vXw7Zr4Tn8Bm1Lc6Pd3Fs5Gj0Yae",
    "encryption_keys": Fernet.generate_key().decode(),
    "database_url": "postgresql://login@db.example/capecontrol?ssl=verify-full",
    "redis_url": "rediss://cache.example",
    "seller_name": "Harbour Automation (Pty) Ltd",
    "smtp_url": "smtp://mail.example:587",
    "stripe_secret_key": "sk_live_of_the_business",
    "stripe_webhook_secret": "whsec_of_the_business",
}


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_told(name: str) -> None:
    assert f"`{name.upper()}`" in REFERENCE.read_text()


def test_production_starts_with_what_is_safe() -> None:
    settings = Settings.model_validate(SAFE)

    assert settings.database_url.get_secret_value().startswith("postgresql+asyncpg://")
    assert settings.is_local is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("secret_key", "short"),
        ("secret_key", "changeme-changeme-changeme-changeme-changeme"),
        ("public_url", "http://portal.example"),
        ("database_url", "postgresql://login@db.example/capecontrol"),
        ("bcrypt_rounds", 10),
        ("smtp_url", None),
        ("stripe_webhook_secret", None),
        ("rate_limits", False),
        ("seller_name", "Northstar Automation"),
    ],
)
def test_production_refuses(name: str, value: object) -> None:
    with pytest.raises(ValidationError, match="not safe for production"):
        Settings.model_validate(SAFE | {name: value})


@pytest.mark.parametrize("code", ["rand", "zar", "ZRA", "R", "", "XXX"])
def test_a_currency_that_nobody_pays_in_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match=r"SELLER_CURRENCY must be the code of a currency in use \(ISO 4217\)"):
        Settings.model_validate(SAFE | {"seller_currency": code})


def test_the_business_sells_in_rand_unless_told_otherwise() -> None:
    assert build_business(Settings.model_validate(SAFE)).currency == "ZAR"
    assert build_business(Settings.model_validate(SAFE | {"seller_currency": "JPY"})).currency == "JPY"


def test_no_secret_shows_in_the_text_of_settings() -> None:
    text = repr(Settings.model_validate(SAFE))

    assert not [
        name for name in ("secret_key", "stripe_secret_key", "stripe_webhook_secret") if str(SAFE[name]) in text
    ]
