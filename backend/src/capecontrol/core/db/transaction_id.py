"""PostgreSQL's 64-bit transaction id: which rows were committed together, and in what order snapshots see them."""

from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import UserDefinedType


class TransactionId(UserDefinedType[int]):
    """The type ``xid8``; its values come from ``pg_current_xact_id()``."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """Return the type's name."""
        return "xid8"


# SQLAlchemy does not know the type, and would compare a migrated column with no type at all.
ischema_names["xid8"] = TransactionId
