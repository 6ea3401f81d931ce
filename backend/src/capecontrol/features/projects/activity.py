"""The timeline of a project: audit events, told in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from capecontrol.core.money import Money
from capecontrol.core.templating import money_text
from capecontrol.features.audit.interface import ActivityFacts

Details = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Told:
    """An event in words."""

    title: str
    detail: str | None
    actor: str | None
    is_visible_to_client: bool


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


def _amount(details: Details) -> str | None:
    """Write the ``total`` or ``amount`` of an event's details (minor units, ``currency`` beside it), if it has one."""
    minor, currency = details.get("total", details.get("amount")), details.get("currency")
    if isinstance(minor, int) and isinstance(currency, str):
        return money_text(Money(minor, currency))
    return None


def _plain(title: str) -> Callable[[Details], str]:
    return lambda _: title


def _version(ending: str) -> Callable[[Details], str]:
    return lambda details: f"Version {details.get('version', 1)} of the proposal {ending}"


def _status(details: Details) -> str:
    words = str(details.get("to", "")).replace("_", " ").lower()
    return f"The project is now {words}"


def _run(details: Details) -> str:
    return "A run succeeded" if details.get("status") == "SUCCESS" else "A run failed"


WORDINGS: Mapping[str, Wording] = {
    "project.created": Wording(_plain("The project was created"), _text("title")),
    "project.updated": Wording(_plain("The project's description was changed"), _nothing, is_visible_to_client=False),
    "project.status_changed": Wording(_status, _text("reason")),
    "proposal.created": Wording(_version("was drafted"), _amount, is_visible_to_client=False),
    "proposal.updated": Wording(_version("was edited"), _amount, is_visible_to_client=False),
    "proposal.sent": Wording(_version("was sent"), _amount),
    "proposal.approved": Wording(_version("was approved"), _amount),
    "proposal.changes_requested": Wording(_version("needs changes"), _text("message")),
    "proposal.declined": Wording(_version("was declined"), _text("reason")),
    "proposal.expired": Wording(_version("expired"), _amount),
    "payment.intended": Wording(_plain("The client went to pay"), _amount),
    "payment.checkout_opened": Wording(_plain("The payment page was opened"), _nothing, is_visible_to_client=False),
    "payment.received": Wording(_plain("A payment was received"), _amount),
    "payment.unapplied": Wording(_plain("A payment needs a decision"), _text("reason"), is_visible_to_client=False),
    "invoice.issued": Wording(_plain("An invoice was issued"), _text("number")),
    "workflow.requested": Wording(
        _plain("A workflow is being deployed"), _text("template"), is_visible_to_client=False
    ),
    "workflow.deployed": Wording(_plain("A workflow went live"), _text("template")),
    "workflow.deployment_failed": Wording(
        _plain("A workflow could not be deployed"), _text("template"), is_visible_to_client=False
    ),
    "workflow.paused": Wording(_plain("A workflow was paused"), _text("template")),
    "workflow.resumed": Wording(_plain("A workflow runs again"), _text("template")),
    "workflow.removed": Wording(_plain("A workflow was removed"), _text("template")),
    "execution.requested": Wording(_plain("A run was started"), _text("template")),
    "execution.finished": Wording(_run, _text("template")),
}


def wording(action: str) -> Wording:
    """Return how an act is told. What is not in the table is told plainly, and to staff only."""
    known = WORDINGS.get(action)
    if known is not None:
        return known
    noun, _, verb = action.partition(".")
    words = f"{noun} {verb}".replace("_", " ").replace(".", " ").strip()
    return Wording(_plain(words[:1].upper() + words[1:]), _nothing, is_visible_to_client=False)


#: What a timeline of the business shows: to staff, and to clients.
STAFF_ACTIONS: tuple[str, ...] = tuple(WORDINGS)
CLIENT_ACTIONS: tuple[str, ...] = tuple(name for name, told in WORDINGS.items() if told.is_visible_to_client)


def tell(facts: ActivityFacts) -> Told:
    """Return an event in words; who did it is told of people, not of the system."""
    told = wording(facts.action)
    return Told(
        title=told.title(facts.details),
        detail=told.detail(facts.details),
        actor=facts.actor_label if facts.actor_type == "USER" else None,
        is_visible_to_client=told.is_visible_to_client,
    )
