"""What a mail server's refusal means: never, or not now."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

_PERMANENT = 500
_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?!\d)")
#: Of permanent refusals without an enhanced status, those that somebody may mend or that end by themselves: no service
#: on this connection (521, RFC 7504), authentication or encryption is wanted (RFC 4954), a mailbox is full (552).
_PASSING_CODES = frozenset({521, 523, 524, 530, 534, 535, 538, 552})


class _AllBut:
    """Every number but some."""

    def __init__(self, *numbers: int) -> None:
        self._numbers = frozenset(numbers)

    def __contains__(self, number: object) -> bool:
        return number not in self._numbers


#: Of permanent enhanced statuses, by subject, the details that are about the moment, the server or us (RFC 3463, and
#: what IANA added since). All others are about the recipient or what the mail holds.
_PASSING_DETAILS: Mapping[int, Container[int]] = {
    # The sender's address.
    1: frozenset({7, 8}),
    # The mailbox is full.
    2: frozenset({2}),
    # The mail system: full, closed, or set up wrongly. 4 is a mail that is too big for it.
    3: _AllBut(4),
    # The directory does not answer, or too much is on its way.
    4: frozenset({3, 5}),
    # Too many recipients, of several mails on one connection.
    5: frozenset({3}),
    # Security: our password, our signatures, our address's reputation, our rate. Providers say these with numbers of
    # their own, too (5.7.28, 5.7.705). About the mail are 0 (its content), 1 and 2 (who may write there), and 17 and 18
    # (mailbox or domain have another owner).
    7: _AllBut(0, 1, 2, 17, 18),
}
#: Servers that say at the recipient that it is us whom they refuse (Postfix, Exchange, lists of senders of spam) give
#: it the status of a recipient's own policy, 5.7.1, or none: their words alone tell.
_WORDS_OF_US = re.compile(
    r"relay|client host|blocked using|block ?list|blacklist|reputation|not owned by|sender address rejected|quota"
    r"|rate limit|too many",
    re.IGNORECASE,
)
_POLICY = (5, 7, 1)
#: What is about a mail's size, which a server also says when it is told of it with the sender (RFC 1870).
_TOO_BIG = frozenset({(2, 3), (3, 4)})
_CONTENT = 6


@dataclass(frozen=True)
class SmtpReply:
    """A mail server's answer: the code of RFC 5321 (4.2), and its text, which may begin with the status of RFC 3463."""

    code: int
    text: str

    @classmethod
    def read(cls, code: int, text: bytes | str) -> Self:
        """Return an answer as the standard library tells it."""
        return cls(code, text.decode("utf-8", "replace") if isinstance(text, bytes) else text)

    @property
    def is_permanent(self) -> bool:
        """Tell whether the server says that trying again will not help."""
        return self.code >= _PERMANENT

    @cached_property
    def status(self) -> tuple[int, int, int] | None:
        """Return class, subject and detail of the enhanced status, where there is one."""
        found = _STATUS.match(self.text)
        if found is None:
            return None
        kind, subject, detail = map(int, found.groups())
        return kind, subject, detail

    @property
    def is_about_us(self) -> bool:
        """Tell whether a recipient was refused, for good as the code says, because of our address, password or rate."""
        if not self.is_permanent:
            return False
        if self.status in (None, _POLICY):
            return self.code == 530 or _WORDS_OF_US.search(self.text) is not None
        return self.status[:2] == (5, 7) and not self.is_final

    @property
    def is_final(self) -> bool:
        """Tell whether a recipient or a mail that was answered so will never be taken."""
        if not self.is_permanent or (self.status in (None, _POLICY) and _WORDS_OF_US.search(self.text)):
            return False
        if self.status is None:
            return self.code not in _PASSING_CODES
        kind, subject, detail = self.status
        # 530 wants us to sign in or to encrypt, whatever else it says.
        return kind == 5 and self.code != 530 and detail not in _PASSING_DETAILS.get(subject, ())

    @property
    def is_final_of_sender(self) -> bool:
        """Tell whether a mail whose sender was answered so will never be taken: nothing about the sender is final."""
        if not self.is_permanent:
            return False
        if self.status is None:
            # The size of the mail is told with its sender; a mailbox that is full cannot be known yet.
            return self.code == 552
        kind, subject, detail = self.status
        return kind == 5 and (subject == _CONTENT or (subject, detail) in _TOO_BIG)

    def __str__(self) -> str:
        """Return the code and the status, without what a server says in words: it may name addresses."""
        return str(self.code) if self.status is None else f"{self.code} {'.'.join(map(str, self.status))}"
