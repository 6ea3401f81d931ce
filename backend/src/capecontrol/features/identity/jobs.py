"""What recurs: what nobody asks for any more is forgotten."""

from datetime import timedelta

from capecontrol.core.outbox.batches import in_batches
from capecontrol.core.outbox.delivery import Delivery
from capecontrol.core.outbox.registry import Scheduled, SlotDue
from capecontrol.features.identity.dao.login_attempts import LoginAttemptDao
from capecontrol.features.identity.dao.mail_allowances import MailAllowanceDao
from capecontrol.features.identity.dao.one_time_tokens import OneTimeTokenDao
from capecontrol.features.identity.dao.sessions import SessionDao

#: The lockout looks fifteen minutes back, and nothing else reads them: what was refused stands in the audit log. A day,
#: so that a worker whose clock is hours ahead unlocks nobody.
KEEP_LOGIN_ATTEMPTS = timedelta(days=1)
#: An allowance counts the mails of a day; after that it is whole.
KEEP_MAIL_ALLOWANCES = timedelta(days=1)
#: An old link is refused in the same words whether its token is known or not. A month, for whoever asks support about
#: a mail that did not work.
KEEP_ONE_TIME_TOKENS = timedelta(days=30)
#: A session that has ended answers nothing. A quarter, so that its device and address can be found beside what the
#: audit log says of it. Its refresh tokens go with it. Those of a living session stay: a copied one is recognized by
#: them.
KEEP_ENDED_SESSIONS = timedelta(days=90)


async def forget_login_attempts(_: SlotDue, delivery: Delivery) -> None:
    """Delete tries to sign in that lock nobody out any more."""
    before = delivery.clock.now() - KEEP_LOGIN_ATTEMPTS
    await in_batches(delivery, lambda work, limit: LoginAttemptDao(work).forget_before(before, limit))


async def forget_mail_allowances(_: SlotDue, delivery: Delivery) -> None:
    """Delete the counts of mailboxes that no stranger had a mail sent to for a day."""
    before = delivery.clock.now() - KEEP_MAIL_ALLOWANCES
    await in_batches(delivery, lambda work, limit: MailAllowanceDao(work).forget_before(before, limit))


async def forget_one_time_tokens(_: SlotDue, delivery: Delivery) -> None:
    """Delete mailed tokens that expired long ago, used or not."""
    before = delivery.clock.now() - KEEP_ONE_TIME_TOKENS
    await in_batches(delivery, lambda work, limit: OneTimeTokenDao(work).forget_expired_before(before, limit))


async def forget_sessions(_: SlotDue, delivery: Delivery) -> None:
    """Delete sessions that ended long ago, with their refresh tokens."""
    before = delivery.clock.now() - KEEP_ENDED_SESSIONS
    await in_batches(delivery, lambda work, limit: SessionDao(work).forget_ended_before(before, limit))


SCHEDULE: tuple[Scheduled, ...] = (
    Scheduled("identity.forget_login_attempts", timedelta(hours=1), forget_login_attempts),
    Scheduled("identity.forget_mail_allowances", timedelta(hours=1), forget_mail_allowances),
    Scheduled("identity.forget_one_time_tokens", timedelta(days=1), forget_one_time_tokens),
    Scheduled("identity.forget_sessions", timedelta(days=1), forget_sessions),
)
