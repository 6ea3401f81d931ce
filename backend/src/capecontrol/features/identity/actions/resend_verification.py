"""Ask for the verification mail again."""

from capecontrol.core.db.scope import SignInScope
from capecontrol.core.work import Units
from capecontrol.features.identity.events import VerificationRequested


async def resend_verification(units: Units, email: str) -> None:
    """Have a fresh link mailed if the address waits for one.

    Whether it does, and whether it had enough mails, is looked up when nobody waits for the answer: neither what the
    caller is told nor the time that it takes depends on them.
    """
    async with units.open(SignInScope()) as work:
        await work.emit(VerificationRequested(org_id=None, email=email))
