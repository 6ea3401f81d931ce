"""Who may do what in identity."""

import uuid

from capecontrol.core.permissions import Role
from tests.features.identity.builders import build_unverified_person, build_verification_token
from tests.people import PASSWORD
from tests.security.call import Call, plain
from tests.security.row import ELSE, SIGNED_IN, Row, optional, public
from tests.security.world import World


async def _register(world: World) -> Call:
    del world
    name = f"{uuid.uuid4().hex[:12]}"
    return Call(json={"email": f"{name}@new.test", "password": "Lighthouse-7", "organization_name": f"New {name}"})


async def _verify(world: World) -> Call:
    return Call(json={"token": await build_verification_token(world)})


async def _resend(world: World) -> Call:
    return Call(json={"email": (await build_unverified_person(world)).email})


async def _sign_in(world: World) -> Call:
    return Call(json={"email": (await world.member(Role.OWNER)).email, "password": PASSWORD})


async def _refresh(world: World) -> Call:
    credentials = (await _sign_in(world)).json
    answer = await world.people.stranger().post("/api/auth/login", credentials)
    return Call(json={"refresh_token": answer.json()["refresh_token"]})


async def _edit_account(world: World) -> Call:
    del world
    # Another one each time: what is as it was is no act.
    return Call(json={"full_name": f"Thandi {uuid.uuid4().hex[:8]}"})


ROWS = (
    Row("get_csrf_token", public(200), {200: ELSE}, fuzz={200, 422}),
    Row(
        "register",
        public(201),
        {201: ELSE},
        no_csrf=403,
        call=_register,
        fuzz={201, 400, 409, 422},
        fuzz_keeps={"email", "password", "organization_name"},
    ),
    Row(
        "verify_email",
        public(200),
        {200: ELSE},
        no_csrf=403,
        call=_verify,
        fuzz={200, 400, 422},
        fuzz_keeps={"token"},
        keyless="uses a one-time token up",
    ),
    Row(
        "resend_verification",
        public(202),
        {202: ELSE},
        no_csrf=403,
        call=_resend,
        # The time of an answer must not tell whether an address waits for its link.
        acts_later="identity.mail_verification",
        fuzz={202, 400, 422},
        fuzz_keeps={"email"},
    ),
    Row("discover_sign_in", public(200), {200: ELSE}, call=plain(email="somebody@people.test"), fuzz={200, 400, 422}),
    Row(
        "login",
        public(200),
        {200: ELSE},
        no_csrf=403,
        call=_sign_in,
        # 413: the longest token, each character an emoji, is more than a body about signing in may be.
        fuzz={200, 400, 401, 413, 422, 429},
        fuzz_keeps={"email", "password"},
        keyless="answers tokens of a session",
    ),
    Row(
        "refresh_session",
        public(200),
        {200: ELSE},
        no_csrf=403,
        call=_refresh,
        fuzz={200, 400, 401, 422},
        fuzz_keeps={"refresh_token"},
        keyless="answers tokens of a session",
    ),
    Row(
        "logout",
        optional(204),
        {200: ELSE},
        no_csrf=403,
        call=plain({"all_devices": False}),
        fuzz={200, 204, 400, 422},
        doer="OWN",
        ends_session=True,
        keyless="ends a session: again is no harm",
    ),
    Row(
        "confirm_session",
        SIGNED_IN,
        {200: ELSE},
        no_csrf=403,
        call=plain({"password": PASSWORD}),
        fuzz={200, 400, 422, 429},
        fuzz_keeps={"password"},
        keyless="holds for the session that asked",
    ),
    Row("get_me", SIGNED_IN, {200: ELSE}, fuzz={200, 422}),
    Row(
        "update_me",
        SIGNED_IN,
        {200: ELSE},
        no_csrf=403,
        call=_edit_account,
        fuzz={200, 400, 412, 422},
    ),
)
