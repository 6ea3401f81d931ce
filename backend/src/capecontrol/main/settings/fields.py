"""The fields: every setting with its type and its default."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from capecontrol.core.money import CURRENCIES
from capecontrol.core.rate import Rate
from capecontrol.main.settings.database_url import with_driver
from capecontrol.main.settings.environment import Environment
from capecontrol.main.settings.rates import RateSetting

#: Whose name the demonstration's documents carry. A real invoice must not.
DEMO_SELLER = "Northstar Automation"


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def usable_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class SettingFields(BaseSettings):
    """All settings, by the name of their environment variable (``docs/reference/settings.md`` tells them).

    What an installation must not start with stands in ``refusals.py``.
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True)

    capecontrol_env: Environment = Environment.LOCAL
    capecontrol_home: Path = Path(".local")
    public_url: str = "http://localhost:8000"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    host: str = "127.0.0.1"
    api_processes: Annotated[int, Field(ge=1, le=128)] = Field(default_factory=usable_cores)
    forwarded_allow_ips: str = Field(default="", description="Proxies whose X-Forwarded-For is believed.")
    log_level: str = "INFO"
    metrics_port: Annotated[int, Field(ge=0, le=65535)] | None = None
    metrics_host: str = "127.0.0.1"
    metrics_token: SecretStr | None = None

    secret_key: SecretStr
    encryption_keys: Annotated[list[SecretStr], NoDecode]
    database_url: SecretStr
    redis_url: SecretStr
    database_pool_size: Annotated[int, Field(ge=1, le=100)] = 8
    bcrypt_rounds: Annotated[int, Field(ge=4, le=16)] = 12
    rate_limits: bool = True
    limit_strangers: RateSetting = Rate(100, 1000)
    limit_people: RateSetting = Rate(20, 200)
    limit_keys: RateSetting = Rate(100, 1000)
    limit_organizations: RateSetting = Rate(200, 2000)
    limit_credentials: RateSetting = Rate(5, 10)
    limit_session_renewals: RateSetting = Rate(1, 20)
    body_max_bytes: Annotated[int, Field(ge=1024)] = 2 * 1024 * 1024
    request_head_seconds: Annotated[float, Field(gt=0)] = 10
    request_body_seconds: Annotated[float, Field(gt=0)] = 20
    answer_seconds: Annotated[float, Field(gt=0)] = 30
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
        return with_driver(value) if isinstance(value, str) else value

    @property
    def is_local(self) -> bool:
        """Tell whether stand-ins and demo data are allowed."""
        return self.capecontrol_env in (Environment.LOCAL, Environment.TEST)

    @property
    def names_mail_carrier(self) -> bool:
        """Tell whether they say how mail is sent."""
        return self.smtp_url is not None or self.resend_api_key is not None
