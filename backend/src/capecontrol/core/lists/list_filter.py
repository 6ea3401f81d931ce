"""What the readers of a list may narrow it by."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

#: Words to look for. An empty text looks for nothing in particular, as none does.
Words = Annotated[str | None, Field(max_length=200), AfterValidator(lambda text: text or None)]


class ListFilter(BaseModel):
    """The filter of a list; each member narrows it, and one that is None does not.

    A member is a parameter of the list's query, under its alias where it has one, with its description and a default. A
    bulk operation is told the same in its body. Members are validated one by one: a query has no place for what is
    wrong with two of them together.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    def values(self) -> dict[str, object]:
        """Return the values of the list's filters, for a ``PageRead`` whose conditions have the members' names."""
        return dict(self.__dict__)
