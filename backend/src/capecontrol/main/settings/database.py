"""The settings of the database alone: what ``capecontrol db`` needs, and every process besides."""

from typing import Annotated, Self

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from capecontrol.core.db.address import DRIVER, AddressRefused, DatabaseAddress
from capecontrol.main.settings.environment import Environment
from capecontrol.main.settings.private_services import PrivateServices
from capecontrol.main.settings.refused import SettingsRefused

#: The settings that hold addresses of the database.
_ADDRESSES = ("database_url", "migrations_database_url")


class DatabaseSettings(BaseSettings):
    """Where the database is and who may change its schema."""

    # Without the input: an error's text must not hold a password.
    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_ignore_empty=True, hide_input_in_errors=True)

    capecontrol_env: Environment = Environment.PRODUCTION
    database_url: SecretStr
    migrations_database_url: SecretStr | None = Field(
        default=None, description="The login that owns the schema, where it is not the running one."
    )
    allow_owner_login: bool = Field(default=False, description="Run as the login that owns the schema, knowingly.")
    private_services: Annotated[list[str], NoDecode] = Field(default=[])
    allow_migrations: bool = False
    migration_approval: str | None = None

    @field_validator("private_services", mode="before")
    @classmethod
    def _split_names(cls, value: object) -> object:
        return split(value)

    @field_validator(*_ADDRESSES, mode="before")
    @classmethod
    def _read_database(cls, value: object, info: ValidationInfo) -> object:
        """Take the usual spellings of a PostgreSQL address; refuse one that could not be used."""
        if not isinstance(value, str):
            return value
        name = (info.field_name or "").upper()
        try:
            DatabaseAddress.parse(value).connect_args()
        except AddressRefused as refused:
            raise ValueError(f"{name} {refused}") from refused
        return f"{DRIVER}://{value.partition('://')[2]}"

    @property
    def is_local(self) -> bool:
        """Tell whether stand-ins and demo data are allowed."""
        return self.capecontrol_env in (Environment.LOCAL, Environment.TEST)

    def owner_url(self) -> tuple[str, str]:
        """Return the address by which the schema is changed, and the name of the setting that holds it.

        Raises:
            SettingsRefused: nobody said which login owns the schema.
        """
        if self.migrations_database_url is not None:
            return self.migrations_database_url.get_secret_value(), "MIGRATIONS_DATABASE_URL"
        if self.is_local or self.allow_owner_login:
            return self.database_url.get_secret_value(), "DATABASE_URL"
        raise SettingsRefused(
            [
                "MIGRATIONS_DATABASE_URL must name the login that owns the schema; "
                "if there is only one login, set ALLOW_OWNER_LOGIN=1"
            ]
        )

    @model_validator(mode="after")
    def _refuse_an_open_way(self) -> Self:
        if complaints := self.refusals():
            raise SettingsRefused(complaints)
        return self

    def refusals(self) -> list[str]:
        """Return why an installation must not start; empty when it may."""
        return database_refusals(self)


def split(value: object) -> object:
    """Return the parts of a text that are separated by commas; anything else as it is."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def database_refusals(settings: DatabaseSettings) -> list[str]:
    """Return why an installation must not use its database so: the way there is in the clear, or leads to anybody."""
    if settings.is_local:
        return []
    services = PrivateServices.of(settings.private_services)
    complaints = []
    for name in _ADDRESSES:
        secret: SecretStr | None = getattr(settings, name)
        if secret is None:
            continue
        address = DatabaseAddress.parse(secret.get_secret_value())
        if not (address.tls.is_verified or address.is_socket or services.include(*address.place)):
            complaints.append(
                f"{name.upper()} must verify the server's certificate (?sslmode=verify-full), "
                "or PRIVATE_SERVICES must name its host"
            )
    return complaints
