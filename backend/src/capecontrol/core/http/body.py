"""Bodies: what requests may contain and how answers are written."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Set
from datetime import datetime
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Self, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from capecontrol.core.http.json_text import MEMBERS_MAX
from capecontrol.core.mail_address import check_address, checked_address, comparable_address
from capecontrol.core.money import AMOUNT_MAX, Money

#: What turns the direction of the letters after it, and is not seen: "moc.live" reads as another name.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_WEB_ADDRESSES = ("://", "www.")


def _one_line(text: str) -> str:
    """Refuse control characters: they forge log lines and headers, and PostgreSQL takes no NUL."""
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in text):
        raise ValueError("line breaks and control characters aren't allowed")
    if not _TURNS.isdisjoint(text):
        raise ValueError("invisible characters that change the direction of text aren't allowed")
    return text


def _proper_name(text: str) -> str:
    """Refuse what is no name: mails in the business's name greet strangers by theirs."""
    # Letters of another width read the same.
    if any(part in unicodedata.normalize("NFKC", text).casefold() for part in _WEB_ADDRESSES):
        raise ValueError("a name can't contain a web address")
    return text


def _many_lines(text: str) -> str:
    if any(unicodedata.category(character) == "Cc" and character not in "\n\r\t" for character in text):
        raise ValueError("control characters aren't allowed")
    return text


def _known_address(text: str) -> str:
    """Return the comparable form of an address that may be stored: until 0.1.0 only what was sent had to be one."""
    try:
        return checked_address(text)
    except ValueError:
        check_address(text)
        return comparable_address(text)


#: One line of text. Say the length: ``Annotated[Line, Field(max_length=200)]``.
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000), AfterValidator(_one_line)]
#: The name of a person or an organization.
ProperName = Annotated[Line, AfterValidator(_proper_name)]
#: Text of several lines.
Paragraph = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100_000), AfterValidator(_many_lines)]
_EMAIL_SCHEMA = WithJsonSchema({"type": "string", "format": "email", "maxLength": 254})
_EmailText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)]
#: An e-mail address, in its one comparable form.
Email = Annotated[_EmailText, AfterValidator(checked_address), AfterValidator(_one_line), _EMAIL_SCHEMA]
#: The address of an account that may be older than the rule of ``Email``: for signing in, never for writing to it.
KnownEmail = Annotated[_EmailText, AfterValidator(_known_address), AfterValidator(_one_line), _EMAIL_SCHEMA]


#: A time in an answer: RFC 3339, UTC, ``Z``. It is written as it is, so it must be in UTC already, as what the driver,
#: the clock of a unit of work and ``Instant`` give is: to convert each would cost a list as much as writing the rest.
Moment = Annotated[datetime, WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization")]


class RequestBody(BaseModel):
    """A body that a client sends: unknown members are refused by name, and nothing is guessed from another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    #: How many members and items it may have in all, at any depth.
    members_max: ClassVar[int] = MEMBERS_MAX


def members_max_of(annotation: Any) -> int:
    """Return how many members and items a body may have that is one of the types of an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, RequestBody):
        return annotation.members_max
    return max((members_max_of(one) for one in get_args(annotation)), default=MEMBERS_MAX)


class ResponseBody(BaseModel):
    """A body that we answer."""

    model_config = ConfigDict(from_attributes=True, frozen=True)

    @classmethod
    def map_from(cls, *sources: object, **more: object) -> Self:
        """Return the answer that each member is found for: in ``more``, or by its name in the first source that has it.

        A body whose members need more than their names has a classmethod ``of`` around this.

        Raises:
            AttributeError: no source has a member.
            TypeError: one of ``more`` is no member.
        """
        for source, taken_of in zip(sources, _takings(cls, sources, more.keys()), strict=True):
            more.update(taken_of(source))
        answer: Self = cls.__pydantic_validator__.validate_python(more)
        return answer


#: Returns the members that an answer takes from one of its sources.
Taking = Callable[[object], Iterable[tuple[str, object]]]
_known_takings: dict[tuple[object, ...], tuple[Taking, ...]] = {}


def _takings(body: type[ResponseBody], sources: tuple[object, ...], given: Set[str]) -> tuple[Taking, ...]:
    """Return what each source gives. Objects of one type have the same: a list asks once, not for each row.

    Raises:
        AttributeError: no source has a member.
        TypeError: one of those given is no member.
    """
    key = (body, *map(type, sources), *given)
    if (known := _known_takings.get(key)) is None:
        if strange := given - body.model_fields.keys():
            raise TypeError(f"{body.__name__} has no member {', '.join(sorted(strange))}")
        wanted = [name for name in body.model_fields if name not in given]
        known = _known_takings[key] = tuple(_taking(names) for names in _found_in(sources, wanted))
    return known


def _taking(names: tuple[str, ...]) -> Taking:
    if len(names) < 2:
        return lambda source: [(name, getattr(source, name)) for name in names]
    read = attrgetter(*names)
    return lambda source: zip(names, read(source), strict=True)


def _found_in(sources: tuple[object, ...], wanted: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the members that each source has and none before it; the last one must have what is left."""
    if wanted and not sources:
        raise AttributeError(f"nothing has {', '.join(wanted)}")
    for place, source in enumerate(sources, 1):
        found = tuple(wanted) if place == len(sources) else tuple(name for name in wanted if hasattr(source, name))
        yield found
        wanted = [name for name in wanted if name not in found]


def money_member(amount: int, currency: str) -> dict[str, object]:
    """Return money for a member of an answer, which checks it: a list has hundreds, and makes no ``Money`` of them."""
    return {"amount": amount, "currency": currency}


class MoneyBody(BaseModel):
    """An amount of money."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, from_attributes=True)

    amount: Annotated[
        int,
        Field(
            ge=0,
            le=AMOUNT_MAX,
            description="The amount in the smallest unit of the currency, such as cents.",
            examples=[125000],
        ),
    ]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="The currency (ISO 4217).", examples=["ZAR"])]

    def to_money(self) -> Money:
        """Return the value."""
        return Money(self.amount, self.currency)

    @classmethod
    def from_money(cls, money: Money) -> "MoneyBody":
        """Return the wire form."""
        return cls(amount=money.amount, currency=money.currency)
