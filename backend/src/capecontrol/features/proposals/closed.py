"""What is refused while a proposal's project is archived."""

from capecontrol.core.permissions import Realm
from capecontrol.core.work import UnitOfWork
from capecontrol.features.proposals.errors import ProjectClosed


def project_archived(work: UnitOfWork) -> ProjectClosed:
    """Return the refusal of a step on a proposal of an archived project, in the caller's words."""
    advice = (
        "Contact us if you would still like to go ahead."
        if work.actor.realm is Realm.CLIENT
        else "Move it to another status first."
    )
    return ProjectClosed(f"The project is archived. {advice}", allowed=[])
