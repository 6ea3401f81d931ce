"""Settings: read once from the environment, checked before anything starts, handed on in groups."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from capecontrol.core.money import CURRENCIES


class Environment(StrEnum):
    """Where an installation runs. Stand-ins and demo data exist in ``local`` and ``test`` only."""

    LOCAL = "local"
    TEST = "test"
    STAGING = "staging"
    PRODUCTION = "production"


class SettingsIncomplete(ValueError):
    """An outside service is not configured, and nothing stands in for it here."""


#: The least length of a production's SECRET_KEY, and words that show it is not random.
_SECRET_KEY_MIN = 32
_TELLTALE = ("changeme", "secret", "example", "local", "default")


#: Whose name the demonstration's documents carry. A real invoice must not.
DEMO_SELLER = "Northstar Automation"


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class Settings(BaseSettings):
    """All settings, by the name of their environment variable (``docs/reference/settings.md`` tells them)."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True)

    capecontrol_env: Environment = Environment.LOCAL
    capecontrol_home: Path = Path(".local")
    public_url: str = "http://localhost:8000"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    host: str = "127.0.0.1"
    forwarded_allow_ips: str = Field(default="", description="Proxies whose X-Forwarded-For is believed.")
    log_level: str = "INFO"

    secret_key: SecretStr
    encryption_keys: Annotated[list[SecretStr], NoDecode]
    database_url: SecretStr
    redis_url: SecretStr
    database_pool_size: Annotated[int, Field(ge=1, le=100)] = 8
    bcrypt_rounds: Annotated[int, Field(ge=4, le=16)] = 12
    rate_limits: bool = True
    body_max_bytes: Annotated[int, Field(ge=1024)] = 2 * 1024 * 1024
    cors_allowed_origins: Annotated[list[str], NoDecode] = []
    issuer_timezone: str = "Africa/Johannesburg"

    allow_migrations: bool = False
    migration_approval: str | None = None
    build_commit: str = "unknown"
    build_time: str | None = None

    seller_name: str = DEMO_SELLER
    seller_address: str = "12 Signal Street\nCape Town 8001"
    seller_tax_number: str | None = None
    seller_email: str | None = None
    seller_currency: str = "ZAR"

    mail_from: str = "CapeControl <no-reply@capecontrol.test>"
    smtp_url: SecretStr | None = None
    resend_api_key: SecretStr | None = None

    stripe_secret_key: SecretStr | None = None
    stripe_webhook_secret: SecretStr | None = None
    stripe_api_base: str | None = None

    n8n_local_api_key: SecretStr | None = None
    outbound_private_hosts: Annotated[list[str], NoDecode] = []
    callback_url: str | None = Field(default=None, description="Where n8n reaches us, if not at the public address.")

    s3_bucket: str | None = None
    s3_endpoint: str | None = None
    s3_region: str | None = None
    s3_access_key_id: str | None = None
    s3_secret_access_key: SecretStr | None = None

    @field_validator("encryption_keys", "cors_allowed_origins", "outbound_private_hosts", mode="before")
    @classmethod
    def _split_lists(cls, value: object) -> object:
        return _split(value)

    @field_validator("seller_currency")
    @classmethod
    def _know_the_currency(cls, value: str) -> str:
        if value not in CURRENCIES:
            raise ValueError("SELLER_CURRENCY must be the code of a currency in use (ISO 4217), such as ZAR or USD")
        return value

    @field_validator("database_url", mode="before")
    @classmethod
    def _use_asyncpg(cls, value: object) -> object:
        """Take the usual spelling of a PostgreSQL address and add our driver."""
        if isinstance(value, str):
            for prefix in ("postgres://", "postgresql://"):
                if value.startswith(prefix):
                    return "postgresql+asyncpg://" + value.removeprefix(prefix)
        return value

    @model_validator(mode="after")
    def _refuse_unsafe_production(self) -> Self:
        """Refuse to start in production with what only a demonstration may have."""
        if self.capecontrol_env is not Environment.PRODUCTION:
            return self
        complaints = []
        secret = self.secret_key.get_secret_value()
        if len(secret) < _SECRET_KEY_MIN or any(word in secret.lower() for word in _TELLTALE):
            complaints.append(f"SECRET_KEY must be at least {_SECRET_KEY_MIN} random characters")
        if not self.public_url.startswith("https://"):
            complaints.append("PUBLIC_URL must begin with https://")
        database = self.database_url.get_secret_value()
        if not any(f"ssl={mode}" in database for mode in ("require", "verify-ca", "verify-full")):
            complaints.append("DATABASE_URL must ask for an encrypted connection (?ssl=verify-full)")
        if self.bcrypt_rounds < 12:
            complaints.append("BCRYPT_ROUNDS must be at least 12")
        if not self.names_mail_carrier:
            complaints.append("SMTP_URL or RESEND_API_KEY must say how mail is sent")
        if self.stripe_secret_key is None or self.stripe_webhook_secret is None:
            complaints.append("STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be given")
        if self.seller_name == DEMO_SELLER:
            complaints.append("SELLER_NAME and SELLER_ADDRESS must say who writes the invoices")
        if not self.rate_limits:
            complaints.append("RATE_LIMITS must be on")
        if complaints:
            raise ValueError("not safe for production: " + "; ".join(complaints))
        return self

    @property
    def is_local(self) -> bool:
        """Tell whether stand-ins and demo data are allowed."""
        return self.capecontrol_env in (Environment.LOCAL, Environment.TEST)

    @property
    def names_mail_carrier(self) -> bool:
        """Tell whether they say how mail is sent."""
        return self.smtp_url is not None or self.resend_api_key is not None
