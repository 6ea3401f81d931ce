"""What the readers of a list may narrow it by."""

from enum import Enum
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

#: Words to look for. An empty text looks for nothing in particular, as none does.
Words = Annotated[str | None, Field(max_length=200), AfterValidator(lambda text: text or None)]


class ListFilter(BaseModel):
    """The filter of a list; each member narrows it, and one that is None does not.

    A member is a parameter of the list's query, under its alias where it has one, with its description and a default. A
    bulk operation is told the same in its body. Members are validated one by one: a query has no place for what is
    wrong with two of them together.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _as_we_write_it(cls, value: Any, info: ValidationInfo) -> Any:
        return in_our_case(cls.model_fields[info.field_name or ""].annotation, value)

    def values(self) -> dict[str, object]:
        """Return the values of the list's filters, for a ``PageRead`` whose conditions have the members' names."""
        return dict(self.__dict__)


def in_our_case(annotation: Any, value: Any) -> Any:
    """Return a word of an enumeration as we write it, in whichever case it was sent; anything else as it is.

    Others write ``Success`` where we write ``SUCCESS``.
    """
    if not isinstance(value, str):
        return value
    kinds = [kind for kind in (annotation, *get_args(annotation)) if isinstance(kind, type) and issubclass(kind, Enum)]
    words = (str(member.value) for kind in kinds for member in kind)
    return next((word for word in words if word.lower() == value.lower()), value)
