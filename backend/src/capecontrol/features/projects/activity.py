"""The timeline of a project: audit events, told in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from capecontrol.core.money import Money
from capecontrol.core.templating import money_text
from capecontrol.features.audit.interface import ActivityFacts
from capecontrol.features.projects.schemas import ActivityOut

Details = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Wording:
    """How one kind of act is told."""

    title: Callable[[Details], str]
    detail: Callable[[Details], str | None]
    is_visible_to_client: bool = True


def _nothing(_: Details) -> str | None:
    return None


def _text(name: str) -> Callable[[Details], str | None]:
    def read(details: Details) -> str | None:
        value = details.get(name)
        return str(value) if value else None

    return read


def amount(details: Details) -> str | None:
    """Write the ``total`` of an event's details (minor units, with ``currency`` beside it), if it has one."""
    total, currency = details.get("total"), details.get("currency")
    if isinstance(total, int) and isinstance(currency, str):
        return money_text(Money(total, currency))
    return None


def _plain(title: str) -> Callable[[Details], str]:
    return lambda _: title


def _version(ending: str) -> Callable[[Details], str]:
    return lambda details: f"Version {details.get('version', 1)} of the proposal {ending}"


def _status(details: Details) -> str:
    words = str(details.get("to", "")).replace("_", " ").lower()
    return f"The project is now {words}"


WORDINGS: Mapping[str, Wording] = {
    "project.created": Wording(_plain("The project was created"), _text("title")),
    "project.updated": Wording(_plain("The project's description was changed"), _nothing, is_visible_to_client=False),
    "project.status_changed": Wording(_status, _text("reason")),
    "proposal.created": Wording(_version("was drafted"), amount, is_visible_to_client=False),
    "proposal.updated": Wording(_version("was edited"), amount, is_visible_to_client=False),
    "proposal.sent": Wording(_version("was sent"), amount),
    "proposal.approved": Wording(_version("was approved"), amount),
    "proposal.changes_requested": Wording(_version("needs changes"), _text("message")),
    "proposal.declined": Wording(_version("was declined"), _text("reason")),
    "proposal.expired": Wording(_version("expired"), amount),
    "payment.received": Wording(_plain("A payment was received"), amount),
    "invoice.issued": Wording(_plain("An invoice was issued"), _text("number")),
    "invoice.paid": Wording(_plain("An invoice was paid"), _text("number")),
}


def wording(action: str) -> Wording:
    """Return how an act is told. What is not in the table is told plainly, and to staff only."""
    known = WORDINGS.get(action)
    if known is not None:
        return known
    noun, _, verb = action.partition(".")
    words = f"{noun} {verb}".replace("_", " ").replace(".", " ").strip()
    return Wording(_plain(words[:1].upper() + words[1:]), _nothing, is_visible_to_client=False)


#: What a client's timeline shows.
CLIENT_ACTIONS: tuple[str, ...] = tuple(name for name, told in WORDINGS.items() if told.is_visible_to_client)


def tell(facts: ActivityFacts) -> ActivityOut:
    """Return an event of the timeline."""
    told = wording(facts.action)
    return ActivityOut(
        id=facts.id,
        at=facts.occurred_at,
        action=facts.action,
        title=told.title(facts.details),
        detail=told.detail(facts.details),
        actor=facts.actor_label if facts.actor_type == "USER" else None,
        resource_type=facts.resource_type,
        resource_id=facts.resource_id,
        is_visible_to_client=told.is_visible_to_client,
    )
