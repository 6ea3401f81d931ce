"""What can be refused about who somebody is."""

from typing import ClassVar

from capecontrol.core.problems import Forbidden, Malformed, TooManyRequests, Unauthenticated


class InvalidCredentials(Unauthenticated):
    """The address and the password do not belong together, or the address is unknown: one answer."""

    slug: ClassVar[str] = "auth/invalid-credentials"
    title: ClassVar[str] = "Incorrect e-mail address or password"


class InvalidToken(Malformed):
    """A one-time token is bad, used or expired: one answer."""

    slug: ClassVar[str] = "auth/invalid-token"
    title: ClassVar[str] = "This link is no longer valid"


class EmailNotVerified(Forbidden):
    """The password is right, the address is not verified yet."""

    slug: ClassVar[str] = "auth/email-not-verified"
    title: ClassVar[str] = "Please confirm your e-mail address first"


class UserDisabled(Forbidden):
    """The password is right, the account is switched off."""

    slug: ClassVar[str] = "auth/user-disabled"
    title: ClassVar[str] = "This account is disabled"


class OrganizationSuspended(Forbidden):
    """The password is right, the organization may not act."""

    slug: ClassVar[str] = "auth/organization-suspended"
    title: ClassVar[str] = "Your organization is suspended"


class LockedOut(TooManyRequests):
    """Too many failed attempts for one address."""

    slug: ClassVar[str] = "auth/locked"
    title: ClassVar[str] = "Too many failed attempts"


class ForeignOrigin(Forbidden):
    """A request that signs in, or rides on the refresh cookie, came from another site."""

    slug: ClassVar[str] = "auth/foreign-origin"
    title: ClassVar[str] = "This request came from another site"
