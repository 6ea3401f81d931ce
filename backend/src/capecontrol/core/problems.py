"""The one error tree. Each leaf becomes an RFC 9457 problem document; nothing else reaches a client.

Problem
├── Malformed 400          the envelope cannot be read
├── Unauthenticated 401    who are you
├── Forbidden 403          your role may not
├── NotFound 404           not there, or not yours: one identical answer
├── TimedOut 408           the body did not come
├── Conflict 409           the state does not allow it; names the legal steps
├── PreconditionFailed 412
├── TooLarge 413
├── UnsupportedMedia 415
├── Invalid 422            the content
├── TooManyRequests 429
├── UpstreamFailed 502     an outside system failed us
└── Unavailable 503

An error has a public half (slug, title, detail, extensions) and an internal half (``internal``), which is
logged and never sent.
"""

from dataclasses import dataclass
from typing import ClassVar, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One refused member of a body: a JSON pointer and what to do about it."""

    pointer: str
    detail: str


class Problem(Exception):
    """The root: a refusal with a stable slug."""

    slug: ClassVar[str] = "problem"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong on our side"
    #: Whether an answer of 500 or more is what we mean to give, so that it is no error to be looked into.
    is_planned: ClassVar[bool] = False

    def __init__(self, detail: str | None = None, *, internal: str | None = None, **extensions: object) -> None:
        """Carry a public sentence, an internal one for the log, and public extension members."""
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.internal = internal
        self.extensions = extensions
        self.headers: dict[str, str] = {}


class Malformed(Problem):
    """The request cannot be read at all."""

    slug, status, title = "request/malformed", 400, "The request couldn't be read"


class Unauthenticated(Problem):
    """The caller did not show who they are."""

    slug, status, title = "auth/unauthenticated", 401, "Sign in to continue"


class Forbidden(Problem):
    """The caller's role may not do this."""

    slug, status, title = "auth/forbidden", 403, "You don't have permission to do this"


class SetupRequired(Forbidden):
    """The caller has to do something first; each kind of it has a slug of its own."""


class OrganizationNotAllowed(Forbidden):
    """The caller's key is bound to other organizations."""

    slug, title = "auth/organization-not-allowed", "This key isn't valid for that organization"


class NotFound(Problem):
    """It is not there, or not the caller's: the answer is identical."""

    slug, status, title = "not-found", 404, "Not found"


class MethodNotAllowed(Problem):
    """The path exists, the method does not."""

    slug, status, title = "request/method-not-allowed", 405, "This method isn't allowed here"


class TimedOut(Problem):
    """The rest of the request did not come."""

    slug, status, title = "request/timed-out", 408, "The request timed out"


class Conflict(Problem):
    """The present state does not allow the step. ``allowed`` names the steps that it does allow."""

    slug, status, title = "conflict", 409, "This can't be done right now"

    def __init__(
        self,
        detail: str | None = None,
        *,
        allowed: list[str] | None = None,
        internal: str | None = None,
        **extensions: object,
    ) -> None:
        """Carry the legal steps (possibly none)."""
        super().__init__(detail, internal=internal, allowed=list(allowed or ()), **extensions)


class PreconditionFailed(Problem):
    """Somebody else changed it since it was read."""

    slug, status, title = "precondition-failed", 412, "Someone else has changed this since you opened it"


class TooLarge(Problem):
    """The body is over the limit."""

    slug, status, title = "request/too-large", 413, "The request is too large"


class UnsupportedMedia(Problem):
    """The body's content type is not one that this operation reads."""

    slug, status, title = "request/unsupported-media-type", 415, "This content type isn't supported"


#: As many refused members are named; a person mends the first few, and whoever sends thousands wants a long answer.
ERRORS_MAX = 20


class Invalid(Problem):
    """The content is refused; ``errors`` names the members, the first ones where there are many."""

    slug, status, title = "request/invalid", 422, "Some fields aren't valid"

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: list[FieldError] | None = None,
        unnamed: int = 0,
        internal: str | None = None,
        **extensions: object,
    ) -> None:
        """Carry the refused members, by JSON pointer.

        Args:
            detail: the sentence for the caller.
            errors: the refused members.
            unnamed: how many more there are.
            internal: for the log.
            extensions: public members of the document.
        """
        super().__init__(detail, internal=internal, **extensions)
        self.errors = list(errors or ())[:ERRORS_MAX]
        if more := unnamed + len(errors or ()) - len(self.errors):
            self.errors.append(FieldError("", f"And {more} more."))
        self.extensions["errors"] = [{"pointer": e.pointer, "detail": e.detail} for e in self.errors]


class TooManyRequests(Problem):
    """A limit was reached."""

    slug, status, title = "rate-limited", 429, "Too many requests. Try again shortly."

    def __init__(
        self,
        detail: str | None = None,
        *,
        retry_after_seconds: int = 1,
        internal: str | None = None,
    ) -> None:
        """Carry when to come back, in whole seconds, at least one."""
        super().__init__(detail, internal=internal)
        self.headers["Retry-After"] = str(max(1, retry_after_seconds))


class UpstreamFailed(Problem):
    """An outside system that this needs answered wrongly or not at all."""

    slug, status, title = "upstream/failed", 502, "Another service that we depend on didn't respond"


class Unavailable(Problem):
    """We cannot serve this now."""

    slug, status, title = "unavailable", 503, "This is temporarily unavailable"
    #: When to come back. None where that would change nothing.
    retry_after_seconds: ClassVar[int | None] = 2

    def __init__(self, detail: str | None = None, *, internal: str | None = None, **extensions: object) -> None:
        """Say when to come back, besides what every problem says."""
        super().__init__(detail, internal=internal, **extensions)
        if self.retry_after_seconds is not None:
            self.headers["Retry-After"] = str(self.retry_after_seconds)


def require(row: T | None) -> T:
    """Return what was looked up.

    Raises:
        NotFound: nothing is there, or it is another's. Built fresh, so that the two answers are identical.
    """
    if row is None:
        raise NotFound()
    return row
