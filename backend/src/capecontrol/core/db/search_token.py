"""Tables of tokens: the words of a record's texts, each as it is searched for."""

import uuid

from sqlalchemy import Index, PrimaryKeyConstraint, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from capecontrol.core.db.base import TableAccess, owned_reference

#: A trigger writes them, as whoever writes the record.
TOKEN_ACCESS = TableAccess(runtime="select insert delete", system="select insert delete")


class SearchToken:
    """A word of a record's texts, from one of its parts on: of ``PRJ-2026-004`` also ``2026-004`` and ``004``."""

    org_id: Mapped[uuid.UUID]
    token: Mapped[str] = mapped_column(Text(collation="C"))


def token_keys(table: str, record: str, records: str) -> tuple[SchemaItem, ...]:
    """Return keys and indexes of a table of tokens.

    Args:
        table: its name.
        record: the column with the id of the record.
        records: the table of the records, whose tokens go with them.
    """
    return (
        PrimaryKeyConstraint(record, "token"),
        owned_reference(record, records, ondelete="CASCADE"),
        Index(f"ix_{table}_org_id_token", "org_id", "token", record),
        Index(f"ix_{table}_token", "token", record),
    )
