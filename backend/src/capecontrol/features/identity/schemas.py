"""Bodies of identity."""

import uuid
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from capecontrol.core.http.body import Email, KnownEmail, Line, Moment, ProperName, RequestBody, ResponseBody
from capecontrol.core.http.permission_name import PermissionName
from capecontrol.core.http.timezone_name import TimezoneName
from capecontrol.core.permissions import Realm, Role
from capecontrol.features.identity.actions.update_account import UpdateAccount
from capecontrol.features.onboarding.interface import Step
from capecontrol.features.organizations.interface import plain_name


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("control characters aren't allowed")
    return text


#: A password as typed: neither trimmed nor cut. The bound keeps hashing inputs small.
Password = Annotated[
    str, Field(min_length=1, max_length=1024, examples=["correct horse battery"]), AfterValidator(_no_nul)
]
Token = Annotated[Line, Field(min_length=1, max_length=512)]

OrganizationName = Annotated[ProperName, AfterValidator(plain_name)]
FullName = Annotated[ProperName, Field(min_length=1, max_length=120, examples=["Thandi Nkosi"])]


class RegisterBody(RequestBody):
    """An organization to create, with its first owner."""

    email: Annotated[Email, Field(examples=["thandi@harbour.example"])] = Field(
        description="The owner's e-mail address. A link to confirm it is sent to it."
    )
    password: Password = Field(description="The owner's password: at least 8 characters, and not easy to guess.")
    organization_name: Annotated[
        OrganizationName, Field(min_length=2, max_length=120, examples=["Harbour Logistics"])
    ] = Field(description="The organization's name, as it appears on proposals and invoices.")
    full_name: FullName | None = Field(default=None, description="The owner's full name.")


class RegisteredOut(ResponseBody):
    """The result of a registration. It is the same for an address that has an account already."""

    message: str = Field(description="What to do next, for a person.")
    user_id: uuid.UUID = Field(description="The owner's ID.")
    org_id: uuid.UUID = Field(description="The organization's ID.")

    @classmethod
    def of(cls, user_id: uuid.UUID, org_id: uuid.UUID) -> "RegisteredOut":
        """Return the answer for two ids."""
        return cls(message="Registered. Open the link in the e-mail we sent you.", user_id=user_id, org_id=org_id)


class VerifyBody(RequestBody):
    """The token from the e-mail that asks to confirm the address."""

    token: Token = Field(description="The token from the link in the e-mail that asks to confirm the address.")


class AddressBody(RequestBody):
    """An e-mail address."""

    email: Email = Field(description="The e-mail address to confirm.")


class LoginBody(RequestBody):
    """The credentials of a person."""

    email: Annotated[KnownEmail, Field(examples=["owner@demo.test"])] = Field(
        description="The person's e-mail address."
    )
    password: Password = Field(description="The person's password.")
    remember_me: bool = Field(
        default=False,
        description="Keep the session for 30 days after it was last used. Otherwise it ends after 24 hours.",
    )
    totp_code: Annotated[Line, Field(max_length=20)] | None = Field(
        default=None, description="Reserved for two-factor authentication. Ignored for now."
    )
    recaptcha_token: Annotated[Line, Field(max_length=4096)] | None = Field(
        default=None, description="Reserved for a CAPTCHA. Ignored for now."
    )


class ConfirmBody(RequestBody):
    """The proof of identity."""

    password: Password = Field(description="The password of the signed-in person.")


class ConfirmedOut(ResponseBody):
    """The confirmation of identity."""

    confirmed_until: Moment = Field(description="Until when actions that need the password don't ask for it again.")


class RefreshBody(RequestBody):
    """The refresh token, unless it is sent as a cookie."""

    refresh_token: Token | None = Field(
        default=None, description="The refresh token. Leave it out to use the cookie `refresh_token`."
    )


class LogoutBody(RequestBody):
    """The sessions to end."""

    all_devices: bool = Field(default=False, description="Also end all other sessions of the signed-in person.")


class MessageOut(ResponseBody):
    """A message for a person."""

    message: str = Field(description="What happened, for a person.")


class VerifiedOut(MessageOut):
    """What became of a confirmation."""

    email: str = Field(description="The e-mail address that was confirmed, to sign in with.")


class CsrfOut(ResponseBody):
    """A CSRF token, under three names for different clients."""

    csrf: str = Field(description="The token.")
    csrf_token: str = Field(description="The token.")
    token: str = Field(description="The token.")


class TokensOut(ResponseBody):
    """A new session."""

    access_token: str = Field(description="The token to send as `Authorization: Bearer`.")
    refresh_token: str = Field(description="The token that renews the session. It can be used once.")
    token_type: Literal["bearer"] = Field(default="bearer", description="Always `bearer`.")
    expires_in: int = Field(description="For how many seconds the access token is valid.")
    email_verified: bool = Field(
        description="Whether the e-mail address is confirmed. Always true: nobody else can sign in."
    )


class RefreshedOut(ResponseBody):
    """Renewed tokens."""

    access_token: str = Field(description="The token to send as `Authorization: Bearer`.")
    refresh_token: str = Field(description="The token that renews the session next time. It can be used once.")
    token_type: Literal["bearer"] = Field(default="bearer", description="Always `bearer`.")
    expires_at: Moment = Field(description="When the access token expires.")
    expires_in: int = Field(description="For how many seconds the access token is valid.")


class DiscoveryOut(ResponseBody):
    """The sign-in methods for an e-mail address. They don't tell whether it has an account."""

    methods: list[Literal["password", "sso"]] = Field(description="The sign-in methods, the preferred one first.")
    organization: str | None = Field(
        default=None, description="The name of the organization that manages the sign-in, if any."
    )


class OrganizationBrief(ResponseBody):
    """The caller's organization."""

    id: uuid.UUID = Field(description="The organization's ID.")
    name: str = Field(description="The organization's name.")
    domain: str = Field(description="The organization's unique slug.")
    plan: str = Field(description="The organization's plan.")
    status: str = Field(description="Whether the organization is active or suspended.")


class OnboardingStepBrief(ResponseBody):
    """A step of the onboarding."""

    name: Step = Field(description="The step.")
    completed_at: Moment | None = Field(description="When the person completed the step; null until then.")


class OnboardingBrief(ResponseBody):
    """The person's progress through the onboarding."""

    completed: bool = Field(description="Whether all steps are complete. Always true for staff.")
    steps: list[OnboardingStepBrief] = Field(description="The steps in order. Empty for staff.")


class ProfileBrief(ResponseBody):
    """The person's settings."""

    timezone: str | None = Field(
        description="The time zone in which dates and times are shown; null for that of the business.",
        examples=["Africa/Johannesburg"],
    )


class AccountSummary(ResponseBody):
    """The current session."""

    signed_in_at: Moment = Field(description="When the person signed in.")
    session_id: uuid.UUID = Field(description="The session's ID.")


class MeOut(ResponseBody):
    """The signed-in person."""

    id: uuid.UUID = Field(description="The person's ID.")
    email: str = Field(description="The person's e-mail address.")
    full_name: str = Field(description="The person's full name.")
    realm: Realm = Field(description="`ADMIN` for staff, `CLIENT` for members of an organization.")
    role: Role = Field(description="The person's role.")
    permissions: list[PermissionName] = Field(description="What the person may do.")
    organization: OrganizationBrief | None = Field(description="The person's organization; null for staff.")
    profile: ProfileBrief = Field(description="The person's settings.")
    onboarding: OnboardingBrief = Field(description="The person's progress through the onboarding.")
    summary: AccountSummary = Field(description="The current session.")


class AccountEdit(RequestBody):
    """The changes to the signed-in person's account. Fields that are left out stay as they are."""

    full_name: FullName = Field(default_factory=str, description="The person's full name.")
    timezone: TimezoneName = Field(default_factory=str, description="The time zone in which dates and times are shown.")

    def to_changes(self) -> UpdateAccount:
        """Return the members that were sent."""
        return UpdateAccount(**self.model_dump(include=set(self.model_fields_set)))
