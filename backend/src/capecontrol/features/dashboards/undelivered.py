"""What was to go out, and did not arrive: what operators are told of it."""

from collections.abc import Sequence
from uuid import UUID

from capecontrol.core.figures import Figures
from capecontrol.core.http import MoneyBody
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.links import PagePath, Pages
from capecontrol.features.dashboards.dao import ROWS
from capecontrol.features.dashboards.schemas import Need, NeedKind
from capecontrol.features.proposals.interface import UndeliveredProposal, UndeliveredReason
from capecontrol.features.system.interface import FailingMails
from capecontrol.features.workflows.interface import LeftWorkflow

#: Why e-mails fail, as the System page says it of each.
MAIL_REASONS = {"MailUnavailable": "The mail server didn’t respond", "TimeoutError": "It took too long"}

Labels = dict[UUID, OrganizationRef]


def not_delivered(proposal: UndeliveredProposal, labels: Labels) -> Need:
    """Return the row of a proposal whose e-mail did not arrive."""
    addresses = [one.to for one in proposal.undelivered if one.to]
    is_withheld = any(one.reason is UndeliveredReason.WITHHELD for one in proposal.undelivered)
    nobody = (
        "The project was archived before the e-mail was sent."
        if is_withheld
        else "The client has no owner who can get e-mail."
    )
    return Need(
        kind=NeedKind.PROPOSAL_NOT_DELIVERED,
        title=f"Proposal not delivered: {proposal.project_title} v{proposal.version} ({proposal.project_code})",
        reason=f"The e-mail to {' and '.join(addresses)} wasn’t delivered." if addresses else nobody,
        link=Pages.proposal(proposal.id),
        at=proposal.undelivered[0].at,
        due_at=None,
        amount=MoneyBody.from_money(proposal.total),
        organization=labels.get(proposal.org_id),
    )


def failing_mails(mails: Sequence[FailingMails]) -> list[Need]:
    """Return the row of the e-mails that fail and are tried again; it goes with the last of them."""
    if not mails:
        return []
    count, most = sum(one.count for one in mails), max(mails, key=lambda one: one.count)
    return [
        Need(
            kind=NeedKind.MAILS_FAILING,
            title="1 e-mail hasn’t been delivered yet" if count == 1 else f"{count} e-mails haven’t been delivered yet",
            reason=f"{MAIL_REASONS.get(most.reason, 'Sending fails')}. We keep trying for about four days.",
            link=Pages.system(),
            at=min(one.since for one in mails),
            due_at=None,
            amount=None,
            organization=None,
        )
    ]


def dead_letters(figures: Figures, undelivered: Sequence[UndeliveredProposal]) -> list[Need]:
    """Return the row of the messages that were given up; none where each is of a proposal that has its own row."""
    count = figures.count("dead_letters")
    if len(undelivered) < ROWS and count == figures.count("letters_of_lost_proposals"):
        return []
    title = "1 message wasn’t delivered" if count == 1 else f"{count} messages weren’t delivered"
    return of_many(
        count, NeedKind.DEAD_LETTERS, title, "All attempts failed. Find out why, then try again.", Pages.system()
    )


def left_workflow(workflow: LeftWorkflow, labels: Labels) -> Need:
    """Return the row of a workflow that was removed, and that its server still runs."""
    return Need(
        kind=NeedKind.WORKFLOW_LEFT,
        title=f"Workflow still runs at {workflow.server}: {workflow.workflow_name}",
        reason=(
            f"It was removed from {workflow.project_title} ({workflow.project_code}), and n8n couldn’t be told to"
            " delete it. Check the server’s connection, then try the undelivered message again."
        ),
        link=Pages.system(),
        at=workflow.given_up_at,
        due_at=None,
        amount=None,
        organization=labels.get(workflow.org_id),
    )


def of_many(count: int, kind: NeedKind, title: str, reason: str, link: PagePath) -> list[Need]:
    """Return the one row that stands for all things of a kind, or none when there is nothing."""
    if count == 0:
        return []
    return [
        Need(kind=kind, title=title, reason=reason, link=link, at=None, due_at=None, amount=None, organization=None)
    ]
