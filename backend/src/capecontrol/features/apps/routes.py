"""HTTP: what apps call."""

from typing import Annotated

from capecontrol.core.http import Router, authenticated
from capecontrol.core.http.surface import MACHINE
from capecontrol.core.problems import Unauthenticated
from capecontrol.core.work import Units
from capecontrol.features.apps.schemas import WhoAmIOut

router = Router("apps", surface=MACHINE)


@router.get("/v1/whoami", operation_id="get_whoami", summary="Retrieve the current API key")
async def get_whoami(units: Annotated[Units, authenticated()]) -> WhoAmIOut:
    """Return the key's ID, app, scopes and organizations. Every key may do this."""
    actor = units.actor
    if actor.key is None:
        raise Unauthenticated()
    bound = actor.key.org_ids
    return WhoAmIOut(
        key_id=actor.key.key_id,
        app_id=actor.key.app_id,
        scopes=sorted(actor.permissions),
        org_ids=None if bound is None else sorted(bound),
    )
