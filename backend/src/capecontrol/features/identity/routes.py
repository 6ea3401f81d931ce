"""HTTP: registration, sessions, the account."""

import uuid
from datetime import timedelta
from typing import Annotated

from fastapi import Query, Request, Response

from capecontrol.core.http import Router, authenticated, optional, provided, public, requires
from capecontrol.core.http.body import KnownEmail
from capecontrol.core.http.counting import count
from capecontrol.core.http.etag import IfMatchContent, tag_content
from capecontrol.core.http.limits import Limit, Subject
from capecontrol.core.http.request_state import request_state
from capecontrol.core.http.state import http_state
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.problems import PreconditionFailed, SetupRequired, Unauthenticated
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.identity.actions.confirm_session import confirm_session
from capecontrol.features.identity.actions.refresh_session import refresh_session
from capecontrol.features.identity.actions.register_organization import RegisterOrganization, register_organization
from capecontrol.features.identity.actions.resend_verification import resend_verification
from capecontrol.features.identity.actions.sign_in import SignIn, sign_in
from capecontrol.features.identity.actions.sign_out import sign_out
from capecontrol.features.identity.actions.update_account import tag_of, update_account
from capecontrol.features.identity.actions.verify_email import verify_email
from capecontrol.features.identity.cookies import BY_COOKIE, CLEARED, SessionCookies
from capecontrol.features.identity.errors import (
    EmailNotVerified,
    ForeignOrigin,
    InvalidCredentials,
    InvalidToken,
    LockedOut,
    OrganizationSuspended,
    UserDisabled,
)
from capecontrol.features.identity.own_origin import OwnOrigin
from capecontrol.features.identity.permissions import ACCOUNT_READ, ACCOUNT_UPDATE
from capecontrol.features.identity.schemas import (
    AccountEdit,
    AccountSummary,
    AddressBody,
    ConfirmBody,
    ConfirmedOut,
    CsrfOut,
    DiscoveryOut,
    LoginBody,
    LogoutBody,
    MeOut,
    MessageOut,
    OnboardingBrief,
    OnboardingStepBrief,
    OrganizationBrief,
    ProfileBrief,
    RefreshBody,
    RefreshedOut,
    RegisterBody,
    RegisteredOut,
    TokensOut,
    VerifiedOut,
    VerifyBody,
)
from capecontrol.features.identity.session_account import SessionAccount
from capecontrol.features.identity.tokens import ACCESS_TTL, AccessTokens
from capecontrol.features.onboarding.interface import steps_in_order
from capecontrol.features.organizations.interface import NameTaken

router = Router("auth")

#: ASP NFR-SEC-005: five requests a second from one address, in bursts of ten.
CREDENTIALS = Limit("credentials", per_second=5, burst=10)
#: A page renews its tokens at each load; many people may share an address.
RENEWALS = Limit("renewals", per_second=20, burst=60)
#: One session: its pages, in all of its tabs.
SESSION_RENEWALS = Limit("session-renewals", per_second=1, burst=20, by=Subject.SESSION)
#: Each takes the processor that hashes.
CONFIRMATIONS = Limit("confirmations", per_second=0.2, burst=10, by=Subject.ACTOR)
#: Likewise at the end of the day.
SIGN_OUTS = Limit("sign-outs", per_second=20, burst=60)


@router.get("/api/auth/csrf", operation_id="get_csrf_token", summary="Create a CSRF token")
async def get_csrf_token(
    request: Request,
    response: Response,
    _units: Annotated[Units, public()],
    cookies: Annotated[SessionCookies, provided(SessionCookies)],
) -> CsrfOut:
    """Return a token and set it as the cookie `csrftoken`. Send both with every request that changes something."""
    token = http_state(request).csrf.issue()
    cookies.set_csrf(response, token)
    response.headers["X-CSRF-Token"] = token
    return CsrfOut(csrf=token, csrf_token=token, token=token)


@router.post(
    "/api/auth/register",
    operation_id="register",
    summary="Register an organization",
    status_code=201,
    problems=[NameTaken],
)
async def register(
    body: RegisterBody,
    units: Annotated[Units, public(limit=CREDENTIALS)],
    hasher: Annotated[PasswordHasher, provided(PasswordHasher)],
) -> RegisteredOut:
    """Create an organization and its first owner, and e-mail them a link to confirm their address."""
    made = await register_organization(
        units,
        RegisterOrganization(body.email, body.password, body.organization_name, body.full_name),
        hasher=hasher,
    )
    return RegisteredOut.of(made.user_id, made.org_id)


@router.post(
    "/api/auth/verify-email", operation_id="verify_email", summary="Confirm an e-mail address", problems=[InvalidToken]
)
async def verify(body: VerifyBody, units: Annotated[Units, public(limit=CREDENTIALS, takes_key=False)]) -> VerifiedOut:
    """Confirm the address that the token was sent to. The person can sign in from then on."""
    email = await verify_email(units, body.token)
    return VerifiedOut(message="Your address is confirmed. You can sign in now.", email=email)


@router.post(
    "/api/auth/resend-verification",
    operation_id="resend_verification",
    summary="Resend the link that confirms an e-mail address",
    status_code=202,
)
async def resend(
    body: AddressBody,
    units: Annotated[Units, public(limit=CREDENTIALS)],
) -> MessageOut:
    """E-mail a new link if the address still needs to be confirmed. The answer is the same if it doesn't."""
    await resend_verification(units, body.email)
    return MessageOut(message="If the address still needs to be confirmed, an e-mail is on its way.")


@router.get(
    "/api/auth/discover", operation_id="discover_sign_in", summary="List the sign-in methods for an e-mail address"
)
async def discover_sign_in(
    _units: Annotated[Units, public(limit=CREDENTIALS)],
    email: Annotated[KnownEmail, Query(description="The e-mail address.")],
) -> DiscoveryOut:
    """Return the ways to sign in. The answer is the same whether or not the address has an account."""
    return DiscoveryOut(methods=["password"])


@router.post(
    "/api/auth/login",
    operation_id="login",
    summary="Sign in",
    problems=[InvalidCredentials, EmailNotVerified, UserDisabled, OrganizationSuspended, LockedOut, ForeignOrigin],
)
async def login(
    request: Request,
    body: LoginBody,
    response: Response,
    units: Annotated[Units, public(limit=CREDENTIALS, takes_key=False)],
    hasher: Annotated[PasswordHasher, provided(PasswordHasher)],
    tokens: Annotated[AccessTokens, provided(AccessTokens)],
    cookies: Annotated[SessionCookies, provided(SessionCookies)],
    own: Annotated[OwnOrigin, provided(OwnOrigin)],
) -> TokensOut:
    """Start a session. The refresh token is also set as a cookie."""
    # A foreign page would sign its visitors in as somebody else, who then reads what they write (login CSRF).
    own.check(request.headers)
    signed = await sign_in(units, SignIn(body.email, body.password, body.remember_me), hasher=hasher, tokens=tokens)
    cookies.set_refresh(response, signed.refresh_token, is_remembered=signed.is_remembered)
    return TokensOut(
        access_token=signed.access_token,
        refresh_token=signed.refresh_token,
        expires_in=int(ACCESS_TTL.total_seconds()),
        # Nobody else is let in.
        email_verified=True,
    )


@router.post("/api/auth/confirm", operation_id="confirm_session", summary="Confirm your identity", problems=[LockedOut])
async def confirm(
    request: Request,
    body: ConfirmBody,
    units: Annotated[
        Units, authenticated(while_blocked=(SetupRequired,), limit=(CREDENTIALS, CONFIRMATIONS), takes_key=False)
    ],
    hasher: Annotated[PasswordHasher, provided(PasswordHasher)],
) -> ConfirmedOut:
    """Check the password of the signed-in person. For ten minutes, sensitive actions don't ask for it again."""
    return ConfirmedOut(confirmed_until=await confirm_session(units, _account_of(request), body.password, hasher))


@router.post(
    "/api/auth/refresh",
    operation_id="refresh_session",
    summary="Refresh a session",
    problems=[Unauthenticated, ForeignOrigin],
    openapi_extra={"security": [BY_COOKIE, {}]},
)
async def refresh(
    request: Request,
    response: Response,
    units: Annotated[Units, public(limit=RENEWALS, takes_key=False)],
    tokens: Annotated[AccessTokens, provided(AccessTokens)],
    cookies: Annotated[SessionCookies, provided(SessionCookies)],
    body: RefreshBody | None = None,
) -> RefreshedOut:
    """Exchange a refresh token, from the body or the cookie, for a new one and a new access token."""
    token = (body.refresh_token if body else None) or cookies.read_refresh(request)
    if not token:
        raise Unauthenticated("Sign in again.")

    async def admit(session_id: uuid.UUID) -> None:
        await count(request, SESSION_RENEWALS, str(session_id))

    signed = await refresh_session(units, token, tokens=tokens, admit=admit)
    cookies.set_refresh(response, signed.refresh_token, is_remembered=signed.is_remembered)
    life: timedelta = ACCESS_TTL
    return RefreshedOut(
        access_token=signed.access_token,
        refresh_token=signed.refresh_token,
        expires_at=units.clock.now() + life,
        expires_in=int(life.total_seconds()),
    )


@router.post(
    "/api/auth/logout",
    operation_id="logout",
    summary="Sign out",
    response_model=MessageOut,
    responses={204: {"description": "Nobody was signed in by token.", "headers": CLEARED}},
    problems=[ForeignOrigin],
    openapi_extra={"security": [{"session": []}, BY_COOKIE, {}]},
)
async def logout(
    request: Request,
    response: Response,
    units: Annotated[Units, optional(limit=SIGN_OUTS, takes_key=False)],
    cookies: Annotated[SessionCookies, provided(SessionCookies)],
    body: LogoutBody | None = None,
) -> MessageOut | Response:
    """End this session, or all sessions of the signed-in person."""
    token, all_devices = cookies.read_refresh(request), body.all_devices if body else False
    is_over = await sign_out(units, refresh_token=token, all_devices=all_devices)
    answer = Response(status_code=204) if units.actor.id is None else response
    if is_over:
        cookies.clear_refresh(answer)
    return MessageOut(message="Logged out") if answer is response else answer


@router.get("/api/auth/me", operation_id="get_me", summary="Retrieve the signed-in person")
async def get_me(
    request: Request,
    response: Response,
    work: Annotated[UnitOfWork, requires(ACCOUNT_READ, while_blocked=(SetupRequired,))],
) -> MeOut:
    """Return the person, what they may do, their organization and their progress through the onboarding."""
    return _me(work, _account_of(request), response)


@router.patch(
    "/api/auth/me", operation_id="update_me", summary="Update the signed-in person", problems=[PreconditionFailed]
)
async def update_me(
    request: Request,
    body: AccountEdit,
    response: Response,
    work: Annotated[UnitOfWork, requires(ACCOUNT_UPDATE, while_blocked=(SetupRequired,))],
    expected: IfMatchContent = None,
) -> MeOut:
    """Change the fields that are sent. Others stay as they are."""
    return _me(work, await update_account(work, _account_of(request), body.to_changes(), expected), response)


def _me(work: UnitOfWork, account: SessionAccount, response: Response) -> MeOut:
    tag_content(response, tag_of(account))
    organization = account.organization
    return MeOut(
        id=account.user_id,
        email=account.email,
        full_name=account.full_name,
        realm=account.role.realm,
        role=account.role,
        permissions=sorted(work.actor.permissions),
        organization=OrganizationBrief.map_from(organization) if organization else None,
        profile=ProfileBrief(timezone=account.timezone),
        onboarding=OnboardingBrief(
            completed=organization is None or account.onboarded_at is not None,
            steps=[OnboardingStepBrief.map_from(step) for step in steps_in_order(account.onboarding_steps)]
            if organization
            else [],
        ),
        summary=AccountSummary(signed_in_at=account.signed_in_at, session_id=account.session_id),
    )


def _account_of(request: Request) -> SessionAccount:
    """Return what was read to confirm the caller's session."""
    principal = request_state(request).principal
    if principal is None or not isinstance(principal.record, SessionAccount):
        raise Unauthenticated()
    return principal.record
