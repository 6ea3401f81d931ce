"""One row of an authorization matrix: an operation, how it is called, and what each kind of caller is answered.

The rows of a feature stand in its ``tests/features/<feature>/operations.py``, as ``ROWS``. Nothing in them is computed
from the code under test: each cell is a status that somebody wrote down from the spec. A served operation without a row
fails the suite, and so does a row without an operation. All walks over the application read these rows: the matrix, the
audit walk, the idempotency walk, isolation, and the fuzz run.

    Row(
        "approve_proposal",
        SIGNED_IN,
        {200: "OWN", 404: "fOW", 403: ELSE},
        no_csrf=403,
        unknown=404,
        call=about("proposal_id", sent),
        fuzz={200, 400, 404, 409, 422},
    )

Seven columns of credentials follow one of three patterns; the columns of roles are written out, with one status for
everybody else. That is the status of a role that does not exist yet, too: a new role needs its line in ``columns`` and,
here, only the rows that let it in.

For an operation that changes something each success gets a fresh thing. Lists answer everybody their own; that nothing
of another organization is in them is shown in ``test_isolation``.

Operations of machines stand in the same ``ROWS``, as ``MachineRow``.

A suspended organization's people may sign in nowhere and go on nowhere (spec 1). A role that is too low gets 403,
another organization's thing 404 (spec 1, "Decisions"). An administrator is kept from billing (CP DAT-ROLE).
"""

from collections.abc import Mapping, Set
from dataclasses import KW_ONLY, dataclass, field

from tests.security.call import Maker, plain
from tests.security.columns import COLUMNS, CREDENTIALS, FOREIGN, KEYS, SEATS

ELSE = "everybody else"

#: Nobody without a good token of a living session gets in.
SIGNED_IN: Mapping[str, int] = dict.fromkeys(CREDENTIALS, 401)


def public(status: int) -> Mapping[str, int]:
    """Everybody gets in, with a broken credential as well: it is not looked at."""
    return dict.fromkeys(CREDENTIALS, status)


def optional(status: int) -> Mapping[str, int]:
    """Somebody without a credential gets in; a credential that is shown must hold."""
    return {**SIGNED_IN, "non": status}


@dataclass(frozen=True)
class _Operation:
    """What the walks must know of any operation."""

    operation: str
    _: KW_ONLY
    #: How to call it; what is called by its path alone says nothing.
    call: Maker = field(default_factory=plain)
    #: The statuses that it may answer to generated requests of those who may call it; another one fails the run, also a
    #: documented one. 400 the body is no JSON · 404 an id that was made up · 409 the state · 412 a made-up ``If-Match``
    #: · 422 the content, or a query that has more than the operation's parameters. 401 stands where a made-up secret is
    #: the content, 429 where a made-up address was tried too often, 503 where the spec says so. None: it is not
    #: described.
    fuzz: Set[int] | None = None
    #: Members of the body that the fuzz run does not make up, since they name something that must be there.
    fuzz_keeps: Set[str] = frozenset()
    #: Headers, in lower case, that prove who sends: the fuzz run keeps the true ones.
    proof_headers: Set[str] = frozenset()
    #: Whether a success ends the caller's session.
    ends_session: bool = False
    #: Why it cannot succeed.
    never_succeeds: str | None = None
    #: Why a success is no act, and leaves no audit event.
    no_act: str | None = None
    #: The consumer that acts, and writes the audit event, where the request only asks for it.
    acts_later: str | None = None
    #: Why a POST takes no Idempotency-Key.
    keyless: str | None = None
    #: The statuses by column; None where the column does not apply.
    cells: Mapping[str, int | None] = field(init=False, compare=False)


@dataclass(frozen=True)
class Row(_Operation):
    """An operation of people's pages, or of others' webhooks."""

    #: By column of ``CREDENTIALS``: one of the patterns.
    credentials: Mapping[str, int]
    #: By status the columns of ``SEATS`` that get it, separated by spaces; one status is ``ELSE``'s.
    roles: Mapping[int, str]
    _: KW_ONLY
    #: The answer without the CSRF pair; None for a safe method.
    no_csrf: int | None = None
    #: The answer about an id that never was; None without an id in the path.
    unknown: int | None = None
    #: The answer to a control character in the query.
    control: int = 422
    #: Who is asked in the walks, where the first who may would only repeat what is done.
    doer: str | None = None
    #: Why it shows the own organization's things to whoever asks.
    shows_anybody: str | None = None

    def __post_init__(self) -> None:
        named = [
            (column, status) for status, columns in self.roles.items() if columns != ELSE for column in columns.split()
        ]
        rest = [status for status, columns in self.roles.items() if columns == ELSE]
        known = [column for column, _ in named]
        assert len(rest) == 1, f"{self.operation}: say once what everybody else gets"
        assert len(set(known)) == len(known), f"{self.operation}: a column stands beside two statuses"
        assert not set(known) - SEATS.keys(), f"{self.operation}: no such column: {set(known) - SEATS.keys()}"
        cells = {
            **self.credentials,
            **dict.fromkeys(SEATS, rest[0]),
            **dict(named),
            "csr": self.no_csrf,
            "unk": self.unknown,
            "ctl": self.control,
        }
        object.__setattr__(self, "cells", {column: cells[column] for column in COLUMNS})

    def lets_in(self, column: str) -> bool:
        """Tell whether a caller succeeds."""
        status = self.cells[column]
        return status is not None and 200 <= status < 300

    @property
    def able(self) -> str:
        """The column of somebody who may: of staff if any of them may, a stranger where nobody else may."""
        return next((column for column in ("OPE", "OWN", *SEATS) if self.lets_in(column)), "non")

    @property
    def asked(self) -> str:
        """The column of whoever is asked to do it in the walks."""
        return self.doer or self.able

    @property
    def hidden_from(self) -> tuple[str, ...]:
        """The columns of another organization's people for whom the thing is not there."""
        return tuple(column for column in FOREIGN if self.cells[column] == 404)


#: No machine without a good key in a header gets in.
KEYED: Mapping[str, int] = dict.fromkeys(("non", "gar", "exp", "rev", "dis", "coo", "ses", "que"), 401)


def optionally_keyed(status: int) -> Mapping[str, int]:
    """A machine without a key gets in, and cookies are not looked at; a credential that is shown must hold."""
    return {**KEYED, "non": status, "coo": status}


@dataclass(frozen=True)
class MachineRow(_Operation):
    """An operation of machines: what a key without the scope, bound elsewhere, of a suspended organization may do.

    Flags and tokens are closed to a suspended organization, its events and logs are still taken (spec 2).
    """

    #: By column of ``KEYS``: one of the patterns.
    credentials: Mapping[str, int]
    _: KW_ONLY
    missing_scope: int
    bound_elsewhere: int
    suspended: int
    own: int

    def __post_init__(self) -> None:
        cells = {
            **self.credentials,
            "mis": self.missing_scope,
            "bou": self.bound_elsewhere,
            "sus": self.suspended,
            "own": self.own,
        }
        object.__setattr__(self, "cells", {column: cells[column] for column in KEYS})
