"""The word of the person who migrates."""

from dataclasses import dataclass

from capecontrol.main.database.revision import MigrationRefused


@dataclass(frozen=True, slots=True)
class Consent:
    """The word of the person who migrates, as settings carry it."""

    is_given: bool
    environment: str
    approval: str | None = None

    def require(self) -> None:
        """Refuse unless migrating was asked for, and in production approved.

        Raises:
            MigrationRefused: naming the setting that is missing.
        """
        if not self.is_given:
            raise MigrationRefused(
                "Migrations run only when asked for: run `ALLOW_MIGRATIONS=1 capecontrol db migrate`."
            )
        if self.environment == "production" and not (self.approval or "").strip():
            raise MigrationRefused(
                "A migration in production needs an approval: run `ALLOW_MIGRATIONS=1 MIGRATION_APPROVAL=<reference> "
                "capecontrol db migrate` with the reference of the change that was approved."
            )
