"""Who goes through the onboarding."""

from capecontrol.core.permissions import MEMBERS, Grants, Permission

ONBOARDING_COMPLETE = Permission("onboarding:complete")

GRANTS: Grants = {ONBOARDING_COMPLETE: MEMBERS}
