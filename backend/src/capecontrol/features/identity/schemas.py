"""Bodies of identity."""

import uuid
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from capecontrol.core.http.body import Email, KnownEmail, Line, Moment, RequestBody, ResponseBody
from capecontrol.core.http.permission_name import PermissionName
from capecontrol.core.http.timezone_name import TimezoneName
from capecontrol.core.permissions import Realm, Role
from capecontrol.features.identity.actions.update_account import UpdateAccount
from capecontrol.features.onboarding.interface import Step


def _no_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("control characters aren't allowed")
    return text


#: A password as typed: neither trimmed nor cut. The bound keeps hashing inputs small.
Password = Annotated[
    str, Field(min_length=1, max_length=1024, examples=["correct horse battery"]), AfterValidator(_no_nul)
]
Token = Annotated[Line, Field(min_length=1, max_length=512)]


FullName = Annotated[Line, Field(min_length=1, max_length=120, examples=["Thandi Nkosi"])]


class RegisterBody(RequestBody):
    """A new organization and its first owner."""

    email: Annotated[Email, Field(examples=["thandi@harbour.example"])]
    password: Password
    organization_name: Annotated[Line, Field(min_length=2, max_length=120, examples=["Harbour Logistics"])]
    full_name: FullName | None = None


class RegisteredOut(ResponseBody):
    """What registration answers, for a new address and for a known one alike."""

    message: str
    user_id: uuid.UUID
    org_id: uuid.UUID

    @classmethod
    def of(cls, user_id: uuid.UUID, org_id: uuid.UUID) -> "RegisteredOut":
        """Return the answer for two ids."""
        return cls(message="Registered. Open the link in the mail that we sent you.", user_id=user_id, org_id=org_id)


class VerifyBody(RequestBody):
    """The token of a mailed link."""

    token: Token


class AddressBody(RequestBody):
    """An address."""

    email: Email


class LoginBody(RequestBody):
    """What a person types to sign in."""

    email: Annotated[KnownEmail, Field(examples=["owner@demo.test"])]
    password: Password
    remember_me: bool = False
    totp_code: Annotated[Line, Field(max_length=20)] | None = None
    recaptcha_token: Annotated[Line, Field(max_length=4096)] | None = None


class ConfirmBody(RequestBody):
    """What shows that it is still the same person."""

    password: Password


class ConfirmedOut(ResponseBody):
    """How long acts that ask for the password do without."""

    confirmed_until: Moment


class RefreshBody(RequestBody):
    """A refresh token, when it does not come as a cookie."""

    refresh_token: Token | None = None


class LogoutBody(RequestBody):
    """Where to sign out."""

    all_devices: bool = False


class MessageOut(ResponseBody):
    """A sentence."""

    message: str


class CsrfOut(ResponseBody):
    """One token under three names, for clients of every habit."""

    csrf: str
    csrf_token: str
    token: str


class TokensOut(ResponseBody):
    """A new session."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = Field(default="bearer")
    expires_in: int = Field(description="How many seconds the access token is valid.")
    email_verified: bool


class RefreshedOut(ResponseBody):
    """Renewed tokens."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = Field(default="bearer")
    expires_at: Moment
    expires_in: int


class DiscoveryOut(ResponseBody):
    """The ways in for an address. It does not tell whether the address exists."""

    methods: list[Literal["password", "sso"]]
    organization: str | None = None


class OrganizationBrief(ResponseBody):
    """The caller's organization."""

    id: uuid.UUID
    name: str
    domain: str
    plan: str
    status: str


class OnboardingStepBrief(ResponseBody):
    """A step of the onboarding."""

    name: Step
    completed_at: Moment | None


class OnboardingBrief(ResponseBody):
    """How far the caller's onboarding is. Staff have none to do."""

    completed: bool
    steps: list[OnboardingStepBrief]


class ProfileBrief(ResponseBody):
    """What the caller told about themselves."""

    timezone: str | None = Field(
        description="Where times are shown to them: their own choice, else what they told in the onboarding.",
        examples=["Africa/Johannesburg"],
    )


class AccountSummary(ResponseBody):
    """About the session."""

    signed_in_at: Moment
    session_id: uuid.UUID


class MeOut(ResponseBody):
    """Who the caller is and what they may do."""

    id: uuid.UUID
    email: str
    full_name: str
    realm: Realm
    role: Role
    permissions: list[PermissionName]
    organization: OrganizationBrief | None
    profile: ProfileBrief
    onboarding: OnboardingBrief
    summary: AccountSummary


class AccountEdit(RequestBody):
    """What to change of the caller's own account. Members that are absent stay; null says nothing of either."""

    full_name: FullName = Field(default_factory=str)
    timezone: TimezoneName = Field(default_factory=str)

    def to_changes(self) -> UpdateAccount:
        """Return the members that were sent."""
        return UpdateAccount(**self.model_dump(include=set(self.model_fields_set)))
