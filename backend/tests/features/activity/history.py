"""A project's history as release 0.1.0 wrote it into its audit log, and how it told it: copied, not computed."""

from dataclasses import dataclass, replace

from capecontrol.core.money import Money

OPERATOR = "operator@demo.test"
OWNER = "owner@demo.test"
#: Their accounts. 0.1.0 told addresses; the timeline tells names since, which is meant.
NAMES = {OPERATOR: "Naledi Dlamini", OWNER: "Aisha Jacobs"}


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the audit log, and the timeline's line that 0.1.0 made of it."""

    action: str
    resource: str
    metadata: dict[str, object]
    title: str
    #: Words, or the amount that 0.1.0 wrote out.
    detail: str | Money | None
    actor: str | None
    is_visible_to_client: bool = True
    outcome: str = "SUCCESS"
    #: What the client is told now, where 0.1.0 told it about itself as about somebody else.
    client_title: str | None = None


_PROPOSAL: dict[str, object] = {"title": "Lead capture", "version": 2, "total": 11_040_000, "currency": "ZAR"}
_TOTAL = Money(11_040_000, "ZAR")

#: Oldest first. ``project_id`` is added to the metadata of what is not about the project itself.
ACTS = (
    Act(
        "project.created",
        "project",
        {"code": "PRJ-2026-001", "title": "Lead capture"},
        "Project created",
        "Lead capture",
        OPERATOR,
    ),
    Act(
        "project.updated",
        "project",
        {"code": "PRJ-2026-001", "changed": ["description"]},
        "Project details changed",
        None,
        OPERATOR,
        is_visible_to_client=False,
    ),
    Act(
        "project.status_changed",
        "project",
        {"code": "PRJ-2026-001", "from": "DRAFT", "to": "IN_PROGRESS", "override": True, "reason": "Paid by EFT"},
        "Work started",
        "Paid by EFT",
        OPERATOR,
    ),
    Act(
        "proposal.created",
        "proposal",
        _PROPOSAL,
        "Proposal v2 drafted",
        _TOTAL,
        OPERATOR,
        is_visible_to_client=False,
    ),
    Act(
        "proposal.updated",
        "proposal",
        {**_PROPOSAL, "total": 1_200, "currency": "JPY"},
        "Proposal v2 edited",
        Money(1_200, "JPY"),
        OPERATOR,
        is_visible_to_client=False,
    ),
    Act(
        "proposal.sent",
        "proposal",
        {**_PROPOSAL, "content_hash": "ab12", "valid_until": "2026-12-21T21:59:59+00:00"},
        "Proposal v2 sent",
        _TOTAL,
        OPERATOR,
        client_title="Proposal v2 received",
    ),
    Act(
        "proposal.changes_requested",
        "proposal",
        {**_PROPOSAL, "message": "Two phases, please", "next_id": "0199f3a0-0000-7000-8000-000000000001"},
        "Changes requested on v2",
        "Two phases, please",
        OWNER,
    ),
    Act(
        "proposal.approved",
        "proposal",
        {**_PROPOSAL, "content_hash": "ab12", "name": "Aisha Jacobs"},
        "Proposal v2 approved",
        _TOTAL,
        OWNER,
    ),
    Act("proposal.declined", "proposal", _PROPOSAL, "Proposal v2 declined", None, OWNER),
    Act("proposal.expired", "proposal", _PROPOSAL, "Proposal v2 expired", _TOTAL, None),
    Act(
        "payment.intended",
        "payment_intent",
        {"amount": 5_000, "currency": "ZAR"},
        "Payment started",
        Money(5_000, "ZAR"),
        OWNER,
    ),
    Act(
        "payment.checkout_opened",
        "payment_intent",
        {},
        "Payment page opened",
        None,
        OWNER,
        is_visible_to_client=False,
    ),
    Act(
        "payment.received",
        "payment",
        {"amount": 5_000, "currency": "ZAR"},
        "Payment received",
        Money(5_000, "ZAR"),
        None,
    ),
    Act(
        "payment.unapplied",
        "payment",
        {"reason": "The proposal was paid before."},
        "Unmatched payment",
        "The proposal was paid before.",
        None,
        is_visible_to_client=False,
        outcome="FAILURE",
    ),
    Act("invoice.issued", "invoice", {"number": "INV-2026-0001"}, "Invoice issued", "INV-2026-0001", None),
    Act(
        "workflow.requested",
        "workflow",
        {"template": "Reminders", "version": 1},
        "Deployment started",
        "Reminders",
        OPERATOR,
        is_visible_to_client=False,
    ),
    Act(
        "workflow.redeployment_requested",
        "workflow",
        {"template": "Reminders", "version": 2},
        "Redeployment started",
        None,
        OPERATOR,
        is_visible_to_client=False,
    ),
    Act(
        "workflow.deployed",
        "workflow",
        {"template": "Reminders", "engine_workflow_id": "7"},
        "Workflow deployed",
        "Reminders",
        None,
    ),
    Act(
        "workflow.deployment_failed",
        "workflow",
        {"template": "Reminders", "reason": "The engine said no."},
        "Deployment failed",
        "Reminders",
        None,
        is_visible_to_client=False,
        outcome="FAILURE",
    ),
    Act("workflow.paused", "workflow", {"template": "Reminders"}, "Workflow paused", "Reminders", OPERATOR),
    Act("workflow.resumed", "workflow", {"template": "Reminders"}, "Workflow resumed", "Reminders", OPERATOR),
    Act("workflow.removed", "workflow", {"template": "Reminders"}, "Workflow removed", "Reminders", OPERATOR),
    Act("execution.requested", "execution", {"template": "Reminders"}, "Run started", "Reminders", OPERATOR),
    Act(
        "execution.finished",
        "execution",
        {"template": "Reminders", "status": "SUCCESS", "engine_execution_id": "12"},
        "Run succeeded",
        "Reminders",
        None,
    ),
    Act(
        "execution.finished",
        "execution",
        {"template": "Reminders", "status": "ERROR", "engine_execution_id": None},
        "Run failed",
        "Reminders",
        None,
        outcome="FAILURE",
    ),
)

#: What is told of it today: the two runs of one day are one line, which is meant.
TOLD = (*ACTS[:-2], replace(ACTS[-1], title="Reminders ran 2 times, 1 failed", detail=None))
