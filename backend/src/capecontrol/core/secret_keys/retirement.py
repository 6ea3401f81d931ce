"""Take keys away that nothing can need any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from capecontrol.core.rings.ring import RingName
from capecontrol.core.secret_keys.columns import Form, KeyedColumn
from capecontrol.core.secret_keys.dao import SecretKeyDao
from capecontrol.core.secret_keys.issued import Issued
from capecontrol.core.secret_keys.usage import KeyState, KeyUsage, usage
from capecontrol.core.work import UnitOfWork

#: What these made is not in the database: it ends by itself.
_SIGNING = frozenset({RingName.TOKENS, RingName.CSRF})
#: What makes what a key made unnecessary.
_ADVICE = {
    Form.PEPPERED: "each moves to the newest key when its owner signs in",
    Form.SEALED: "run `capecontrol secrets reseal`",
    Form.DIGEST: "they expire within a day",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A key that stays, and why, in a sentence."""

    key: KeyUsage
    reason: str


async def retire(
    work: UnitOfWork,
    columns: Sequence[KeyedColumn],
    issued: Sequence[Issued],
    *,
    leaked: frozenset[str] = frozenset(),
) -> tuple[list[KeyUsage], list[Kept]]:
    """Retire every key that was replaced and that nothing can need any more; return these, and those that stay.

    Args:
        work: of the platform.
        columns: where the database holds what was made with keys.
        issued: what is signed with keys and lies elsewhere.
        leaked: ids of keys that others know: those that sign do not wait for the end of what they signed. Pages
            that are refused renew their token, and take a new pair, by themselves, so that nobody is signed out.
    """
    keys = SecretKeyDao(work)
    now = await keys.lock()
    retired, kept = [], []
    for key in await usage(work, columns, issued):
        if key.state in (KeyState.RETIRED, KeyState.WAITING):
            continue
        reason = _reason_to_keep(key, now, is_leaked=key.id in leaked)
        if reason is not None:
            kept.append(Kept(key, reason))
            continue
        await keys.retire(key.id, key.ring, now)
        await work.record(
            "secret.retired",
            resource=("secret_key", key.id),
            metadata={"ring": str(key.ring), "leaked": key.id in leaked},
        )
        retired.append(key)
    return retired, kept


def _reason_to_keep(key: KeyUsage, now: datetime, *, is_leaked: bool) -> str | None:
    if key.state is KeyState.CURRENT:
        return "it is in use: run `capecontrol secrets rotate` first"
    if key.is_legacy and key.ring is RingName.SEALING:
        return "it stands for ENCRYPTION_KEYS, which encrypt the keys themselves"
    for form, count in key.needed_by.items():
        return f"still needed by {form} ({count}): {_ADVICE[Form(form)]}"
    if key.retires_at is None or (key.retires_at > now and not (is_leaked and key.ring in _SIGNING)):
        return (
            f"something may still need it until {key.retires_at:%Y-%m-%d %H:%M} UTC"
            if key.retires_at
            else "it is the newest"
        )
    return None
