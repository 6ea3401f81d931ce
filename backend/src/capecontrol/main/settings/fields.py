"""The fields: every setting with its type and its default."""

import logging
import os
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import NoDecode

from capecontrol.core.money import CURRENCIES
from capecontrol.core.rate import Rate
from capecontrol.main.redis_address import RedisAddress, RedisAddressRefused
from capecontrol.main.settings.database import DatabaseSettings, split
from capecontrol.main.settings.rates import RateSetting

#: Whose name the demonstration's documents carry. A real invoice must not.
DEMO_SELLER = "Northstar Automation"
DEMO_ADDRESS = "12 Signal Street\nCape Town 8001"

#: A body is read as a whole, so that more of it would be memory that anybody can ask for.
BODY_MAX = 1024 * 1024 * 1024
#: How long a connection waits for its client, in seconds. For ever is not among it.
Patience = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]

#: The schemes of addresses that are neither the database's nor Redis's.
_SCHEMES = {
    "public_url": ("http", "https"),
    "callback_url": ("http", "https"),
    "s3_endpoint": ("http", "https"),
    "stripe_api_base": ("http", "https"),
    "smtp_url": ("smtp", "smtps"),
}
#: What no address holds, and a copied one often ends with.
_BLANK = re.compile(r"\s")


def usable_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and text == f"{parts.scheme}://{parts.netloc}"


class SettingFields(DatabaseSettings):
    """All settings, by the name of their environment variable (``docs/reference/settings.md`` tells them).

    What an installation must not start with stands in ``refusals.py``.
    """

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
    redis_url: SecretStr
    database_pool_size: Annotated[int, Field(ge=1, le=100)] = 12
    bcrypt_rounds: Annotated[int, Field(ge=4, le=16)] = 12
    rate_limits: bool = True
    limit_strangers: RateSetting = Rate(100, 1000)
    limit_people: RateSetting = Rate(20, 200)
    limit_keys: RateSetting = Rate(100, 1000)
    limit_organizations: RateSetting = Rate(200, 2000)
    limit_credentials: RateSetting = Rate(5, 10)
    limit_session_renewals: RateSetting = Rate(1, 20)
    limit_pages: RateSetting = Rate(300, 5000)
    limit_renewals: RateSetting = Rate(20, 60)
    limit_sign_outs: RateSetting = Rate(20, 60)
    limit_checkouts: RateSetting = Rate(1, 30)
    limit_workflow_switches: RateSetting = Rate(1, 30)
    limit_environment_checks: RateSetting = Rate(1, 30)
    limit_confirmations: RateSetting = Rate(0.2, 10)
    limit_exports: RateSetting = Rate(0.2, 30)
    limit_pictures: RateSetting = Rate(0.5, 20)
    limit_searches: RateSetting = Rate(5, 60)
    limit_sendings: RateSetting = Rate(1, 30)
    body_max_bytes: Annotated[int, Field(ge=1024, le=BODY_MAX)] = 2 * 1024 * 1024
    request_head_seconds: Patience = 10
    request_body_seconds: Patience = 20
    answer_seconds: Patience = 30
    live_seconds: Annotated[float, Field(ge=0, le=24 * 3600, allow_inf_nan=False)] = 3600
    live_streams_max: Annotated[int, Field(ge=1, le=100_000)] = 2000
    cors_allowed_origins: Annotated[list[str], NoDecode] = Field(default=[])
    issuer_timezone: str = "Africa/Johannesburg"

    build_commit: str = "unknown"
    build_time: str | None = None

    seller_name: str = DEMO_SELLER
    seller_address: str = DEMO_ADDRESS
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
    outbound_private_hosts: Annotated[list[str], NoDecode] = Field(default=[])
    callback_url: str | None = Field(default=None, description="Where n8n reaches us, if not at the public address.")

    s3_bucket: str | None = None
    s3_endpoint: str | None = None
    s3_region: str | None = None
    s3_access_key_id: str | None = None
    s3_secret_access_key: SecretStr | None = None

    @field_validator("encryption_keys", "cors_allowed_origins", "outbound_private_hosts", mode="before")
    @classmethod
    def _split_lists(cls, value: object) -> object:
        return split(value)

    @field_validator(*_SCHEMES, mode="before")
    @classmethod
    def _read_address(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        name = info.field_name or ""
        schemes = _SCHEMES[name]
        if _BLANK.search(value):
            raise ValueError(f"{name.upper()} must contain no blanks, not even at the beginning or the end")
        sentence = f"{name.upper()} must be an address that begins with {' or '.join(f'{one}://' for one in schemes)}"
        try:
            parts = urlsplit(value)
            is_complete = parts.scheme in schemes and bool(parts.hostname or parts.scheme == "unix") and parts.port != 0
        except ValueError as error:
            raise ValueError(sentence) from error
        if not is_complete:
            raise ValueError(sentence)
        return value

    @field_validator("redis_url", mode="before")
    @classmethod
    def _read_redis_address(cls, value: object) -> object:
        if isinstance(value, str):
            try:
                RedisAddress.parse(value)
            except RedisAddressRefused as refused:
                raise ValueError(f"REDIS_URL {refused}") from refused
        return value

    @field_validator("encryption_keys")
    @classmethod
    def _know_the_keys(cls, keys: list[SecretStr]) -> list[SecretStr]:
        try:
            are_well_formed = bool(keys) and all(Fernet(key.get_secret_value()) for key in keys)
        except ValueError:
            are_well_formed = False
        if not are_well_formed:
            raise ValueError(
                "ENCRYPTION_KEYS must be Fernet keys, 32 bytes each in url-safe base64, separated by commas "
                "(`openssl rand -base64 32 | tr '+/' '-_'`)"
            )
        return keys

    @field_validator("cors_allowed_origins")
    @classmethod
    def _name_origins(cls, origins: list[str]) -> list[str]:
        """Refuse what lets in pages that nobody named: they would act as whoever is signed in."""
        for origin in origins:
            if "*" in origin or not _is_origin(origin):
                raise ValueError(
                    f"CORS_ALLOWED_ORIGINS must name origins such as https://app.example.com, and {origin!r} is none"
                )
        return origins

    @field_validator("issuer_timezone")
    @classmethod
    def _know_the_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("ISSUER_TIMEZONE must be a time zone such as Africa/Johannesburg") from error
        return value

    @field_validator("log_level")
    @classmethod
    def _know_the_level(cls, value: str) -> str:
        if value.upper() not in logging.getLevelNamesMapping():
            raise ValueError("LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL")
        return value.upper()

    @field_validator("seller_currency")
    @classmethod
    def _know_the_currency(cls, value: str) -> str:
        if value not in CURRENCIES:
            raise ValueError("SELLER_CURRENCY must be the code of a currency in use (ISO 4217), such as ZAR or USD")
        return value

    @property
    def names_mail_carrier(self) -> bool:
        """Tell whether they say how mail is sent."""
        return self.smtp_url is not None or self.resend_api_key is not None
