"""What each migration leaves in writing: who ran it, on whose word, and which code still runs on its schema."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from alembic.runtime.migration import MigrationContext, MigrationInfo
from sqlalchemy import Connection, text

from capecontrol.core.db.scope import SYSTEM_ROLE
from capecontrol.core.ids import new_id
from capecontrol.main.database.consent import Consent

#: Autovacuum at the table that each step writes would wait for the step, and the step for it: a deadlock. It is tiny.
KEEP_VACUUM_AWAY = "alter table alembic_version set (autovacuum_enabled = off)"

INSERT_EVIDENCE = """
insert into migration_evidence (id, actor, environment, from_revision, to_revision, approval)
values (:id, :actor, :environment, :from_revision, :to_revision, :approval)
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Writes what each step did, inside the step's transaction.

    ``oldest_code`` tells of each revision which code still runs on it: the record for releases before it.
    """

    consent: Consent
    actor: str
    oldest_code: Mapping[str, str]

    def write(
        self, ctx: MigrationContext, step: MigrationInfo, heads: Collection[str], run_args: Mapping[str, object]
    ) -> None:
        """Record which code still runs, and insert one row, unless the step was the one that drops the table."""
        connection = ctx.connection
        if connection is None:
            return
        oldest = max((self.oldest_code[head] for head in heads), default=None)
        record = f"'{oldest}'" if oldest else "null"
        connection.exec_driver_sql(f"comment on table alembic_version is {record}")
        connection.exec_driver_sql(KEEP_VACUUM_AWAY)
        if connection.execute(text("select to_regclass('migration_evidence')")).scalar_one() is None:
            return
        before, after = step.source_revision_ids, step.destination_revision_ids
        self.insert(connection, ", ".join(before) or None, ", ".join(after) or None)

    def insert(self, connection: Connection, before: str | None, after: str | None) -> None:
        """Insert one row: from which revision to which. Where both are one, what had been lost was restored."""
        # Row-level security binds the table's owner as well; the role ends with the transaction.
        connection.execute(text("select set_config('role', :role, true)"), {"role": SYSTEM_ROLE})
        connection.execute(
            text(INSERT_EVIDENCE),
            {
                "id": new_id(),
                "actor": self.actor,
                "environment": self.consent.environment,
                "from_revision": before,
                "to_revision": after,
                "approval": self.consent.approval,
            },
        )
        connection.execute(text("select set_config('role', 'none', true)"))
