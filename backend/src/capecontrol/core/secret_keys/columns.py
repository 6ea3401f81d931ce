"""Where things made with keys lie at rest: each feature names its columns, so that no key is retired that one needs."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute

from capecontrol.core.crypto import FERNET_PREFIX
from capecontrol.core.peppers import SCHEME
from capecontrol.core.rings.ring import RingName


class Form(StrEnum):
    """How a value tells its key."""

    #: ``<id>:<Fernet token>``, or the token alone; text or bytes. It can be sealed again.
    SEALED = "encrypted values"
    #: ``<id>:<hex>``, or the hex alone. Only who has the content could make it again.
    DIGEST = "digests of requests"
    #: ``$capecontrol$<id>$…``, or bcrypt's alone. It is made again when its person signs in.
    PEPPERED = "passwords"


@dataclass(frozen=True, slots=True)
class KeyedColumn:
    """A column whose values were made with keys."""

    form: Form
    column: InstrumentedAttribute[Any]
    #: Which of the rows, where not all of them.
    condition: ColumnElement[bool] | None = None

    @property
    def ring(self) -> RingName:
        """Return whose keys they are."""
        return RingName.PEPPER if self.form is Form.PEPPERED else RingName.SEALING

    def bears(self, identifier: str | None) -> ColumnElement[bool]:
        """Return the condition that a value was made with a key; None is the legacy entry."""
        is_made = self._is_made_with(identifier)
        return is_made if self.condition is None else is_made & self.condition

    def _is_made_with(self, identifier: str | None) -> ColumnElement[bool]:
        if self.form is Form.PEPPERED:
            if identifier is None:
                return self.column.is_not(None) & ~self.column.startswith(SCHEME, autoescape=True)
            return self._begins(f"{SCHEME}{identifier}$")
        if identifier is not None:
            return self._begins(f"{identifier}:")
        return self._begins(FERNET_PREFIX) if self.form is Form.SEALED else ~self.column.contains(":")

    def _begins(self, prefix: str) -> ColumnElement[bool]:
        # ``substr`` is there for text and for bytes.
        begins: ColumnElement[bool] = func.substr(self.column, 1, len(prefix)) == (
            prefix.encode() if self.column.type.python_type is bytes else prefix
        )
        return begins
