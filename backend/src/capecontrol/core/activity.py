"""Activity: what people are told of a project or an organization. Features declare the kinds of entries and word them.

The audit log is the security log; nothing reads the one for the other. The activity feature stores the entries.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from capecontrol.core.links import PagePath
from capecontrol.core.money import Money
from capecontrol.core.permissions import Realm
from capecontrol.core.wording import Data, Title, Wording


class Visibility(StrEnum):
    """Who is told."""

    STAFF = "STAFF"
    CLIENT = "CLIENT"


class ActivityIcon(StrEnum):
    """The icon beside an entry, named for what it shows."""

    PLUS = "PLUS"
    EDIT = "EDIT"
    FORWARD = "FORWARD"
    SEND = "SEND"
    CHECK = "CHECK"
    CHANGES = "CHANGES"
    CLOSE = "CLOSE"
    CLOCK = "CLOCK"
    BANKNOTES = "BANKNOTES"
    DOCUMENT = "DOCUMENT"
    BOLT = "BOLT"
    #: Of whatever failed, whichever its kind's is.
    WARNING = "WARNING"


class ActivityTone(StrEnum):
    """The colour of an entry's icon."""

    NEUTRAL = "NEUTRAL"
    OK = "OK"
    WARN = "WARN"
    BAD = "BAD"


Detail = Wording[str | None]


@dataclass(frozen=True, slots=True)
class Fold:
    """How the entries of a kind and a day are told as one line, where they have the same value of a member.

    ``say`` is handed that value, how many entries there are, which is more than one, and how many of them failed.
    """

    by: str
    say: Callable[[str, int, int], str]


def member(name: str) -> Detail:
    """Return the wording that is one member of the data, if it is there."""

    def read(data: Data) -> str | None:
        value = data.get(name)
        return str(value) if value else None

    return Wording(frozenset({name}), read)


#: The members that keep an amount: minor units, and their currency.
AMOUNT_MEMBERS = ("amount", "currency")
#: No detail: the title says it all.
NOTHING: Detail = Wording(frozenset(), lambda _: None)


@dataclass(frozen=True, slots=True)
class ActivityKind:
    """One kind of entry: declared, worded and written by the feature whose act it is.

    Args:
        key: its stable name, such as ``proposal.sent``: rows carry it for ever.
        title: what happened, in words.
        detail: what else is worth knowing.
        tells_amount: whether its ``amount`` (minor units, ``currency`` beside it) is told besides.
        members: the names of the data that an entry is written with, exactly these.
        client_title: what happened in words for the client, where the title speaks of the client to staff.
        visibility: who is told.
        page: the front end's page that shows more, as a template of ``subject_id`` and ``resource_id``.
        icon: the picture beside it.
        tone: the picture's colour; see ``look`` for what failed.
        fold: how several of a day are told as one line; None where each is told by itself.
        until: the key of the kind that tells of the same resource how this ended, and from then on is told alone.
    """

    key: str
    title: Title
    detail: Detail = NOTHING
    tells_amount: bool = False
    members: tuple[str, ...] = ()
    client_title: Title | None = None
    visibility: Visibility = Visibility.CLIENT
    page: PagePath | None = None
    icon: ActivityIcon = ActivityIcon.EDIT
    tone: ActivityTone = ActivityTone.NEUTRAL
    fold: Fold | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        """Refuse words that need what no entry of the kind is written with."""
        wordings = (self.title, self.detail, self.client_title or self.title)
        amount = AMOUNT_MEMBERS if self.tells_amount else ()
        folded_by = (self.fold.by,) if self.fold else ()
        named = frozenset((*amount, *folded_by)).union(*(wording.members for wording in wordings))
        unknown = named.difference(self.members)
        if unknown:
            raise ValueError(f"activity {self.key} words what it does not declare: {', '.join(sorted(unknown))}")

    def check_data(self, data: Data) -> None:
        """Raise ValueError unless the data has exactly the declared members; one without a value is None."""
        if data.keys() != set(self.members):
            given, declared = sorted(data), sorted(self.members)
            raise ValueError(f"activity {self.key} declares the members {declared} and was given {given}")

    def amount(self, data: Data) -> Money | None:
        """Return the amount that an entry tells of, if it does and has one: rows of an older release may not."""
        minor, currency = (data.get(name) for name in AMOUNT_MEMBERS)
        if self.tells_amount and isinstance(minor, int) and isinstance(currency, str):
            return Money(minor, currency)
        return None

    def title_for(self, realm: Realm | None) -> Title:
        """Return the title for staff, or for everybody else."""
        if realm is Realm.ADMIN or self.client_title is None:
            return self.title
        return self.client_title

    def look(self, *, has_failed: bool) -> tuple[ActivityIcon, ActivityTone]:
        """Return the picture and its colour; what failed is told by its shape, too, and not by its colour alone."""
        return (ActivityIcon.WARNING, ActivityTone.BAD) if has_failed else (self.icon, self.tone)

    def link(self, subject_id: uuid.UUID, resource_id: uuid.UUID | None) -> PagePath | None:
        """Return the page of an entry, or None when its kind has none."""
        return PagePath(self.page.format(subject_id=subject_id, resource_id=resource_id)) if self.page else None


class ActivityCatalog:
    """The kinds of all features."""

    def __init__(self, *kinds: Iterable[ActivityKind]) -> None:
        """Join the features' kinds; a key that two declare is a mistake."""
        self._kinds: dict[str, ActivityKind] = {}
        for kind in (kind for declared in kinds for kind in declared):
            if kind.key in self._kinds:
                raise ValueError(f"activity {kind.key} is declared twice")
            self._kinds[kind.key] = kind

    @property
    def keys(self) -> Collection[str]:
        """Return the keys of the kinds that this release knows."""
        return self._kinds.keys()

    @property
    def folds(self) -> Mapping[str, str]:
        """Return by which member the entries of a kind are folded, for the kinds that are."""
        return {key: kind.fold.by for key, kind in self._kinds.items() if kind.fold}

    @property
    def ends(self) -> Mapping[str, str]:
        """Return the key of the kind that a kind's entries are told until, for the kinds that have one."""
        return {key: kind.until for key, kind in self._kinds.items() if kind.until}

    def kind(self, key: str) -> ActivityKind:
        """Return a kind by its key. One of another release is worded plainly, and for staff only."""
        known = self._kinds.get(key)
        if known is not None:
            return known
        words = key.replace(".", " ").replace("_", " ").strip()
        title = words[:1].upper() + words[1:]
        tone = ActivityTone.BAD if key.endswith("failed") else ActivityTone.NEUTRAL
        return ActivityKind(key, Wording(frozenset(), lambda _: title), visibility=Visibility.STAFF, tone=tone)
