"""A project's history as release 0.1.0 wrote it into its audit log, and how it told it: copied, not computed."""

from dataclasses import dataclass

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
    detail: str | None
    actor: str | None
    is_visible_to_client: bool = True
    outcome: str = "SUCCESS"
    #: What the client is told now, where 0.1.0 told it about itself as about somebody else.
    client_title: str | None = None


_PROPOSAL: dict[str, object] = {"title": "Lead capture", "version": 2, "total": 11_040_000, "currency": "ZAR"}
_TOTAL = "R\u00a0110,400.00"

#: Oldest first. ``project_id`` is added to the metadata of what is not about the project itself.
ACTS = (
    Act(
        "project.created",
        "project",
        {"code": "PRJ-2026-001", "title": "Lead capture"},
        "The project was created",
        "Lead capture",
        OPERATOR,
    ),
    Act(
        "project.updated",
        "project",
        {"code": "PRJ-2026-001", "changed": ["description"]},
        "The project's description was changed",
        None,
        OPERATOR,
        is_visible_to_client=False,
    ),
    Act(
        "project.status_changed",
        "project",
        {"code": "PRJ-2026-001", "from": "DRAFT", "to": "IN_PROGRESS", "override": True, "reason": "Paid by EFT"},
        "The project is now in progress",
        "Paid by EFT",
        OPERATOR,
    ),
    Act(
        "proposal.created",
        "proposal",
        _PROPOSAL,
        "Version 2 of the proposal was drafted",
        _TOTAL,
        OPERATOR,
        is_visible_to_client=False,
    ),
    Act(
        "proposal.updated",
        "proposal",
        {**_PROPOSAL, "total": 1_200, "currency": "JPY"},
        "Version 2 of the proposal was edited",
        "JP¥1,200",
        OPERATOR,
        is_visible_to_client=False,
    ),
    Act(
        "proposal.sent",
        "proposal",
        {**_PROPOSAL, "content_hash": "ab12", "valid_until": "2026-12-21T21:59:59+00:00"},
        "Version 2 of the proposal was sent",
        _TOTAL,
        OPERATOR,
    ),
    Act(
        "proposal.changes_requested",
        "proposal",
        {**_PROPOSAL, "message": "Two phases, please", "next_id": "0199f3a0-0000-7000-8000-000000000001"},
        "Version 2 of the proposal needs changes",
        "Two phases, please",
        OWNER,
    ),
    Act(
        "proposal.approved",
        "proposal",
        {**_PROPOSAL, "content_hash": "ab12", "name": "Aisha Jacobs"},
        "Version 2 of the proposal was approved",
        _TOTAL,
        OWNER,
    ),
    Act("proposal.declined", "proposal", _PROPOSAL, "Version 2 of the proposal was declined", None, OWNER),
    Act("proposal.expired", "proposal", _PROPOSAL, "Version 2 of the proposal expired", _TOTAL, None),
    Act(
        "payment.intended",
        "payment_intent",
        {"amount": 5_000, "currency": "ZAR"},
        "The client went to pay",
        "R\u00a050.00",
        OWNER,
        client_title="A payment was started",
    ),
    Act(
        "payment.checkout_opened",
        "payment_intent",
        {},
        "The payment page was opened",
        None,
        OWNER,
        is_visible_to_client=False,
    ),
    Act(
        "payment.received",
        "payment",
        {"amount": 5_000, "currency": "ZAR"},
        "A payment was received",
        "R\u00a050.00",
        None,
    ),
    Act(
        "payment.unapplied",
        "payment",
        {"reason": "The proposal was paid before."},
        "A payment needs a decision",
        "The proposal was paid before.",
        None,
        is_visible_to_client=False,
        outcome="FAILURE",
    ),
    Act("invoice.issued", "invoice", {"number": "INV-2026-0001"}, "An invoice was issued", "INV-2026-0001", None),
    Act(
        "workflow.requested",
        "workflow",
        {"template": "Reminders", "version": 1},
        "A workflow is being deployed",
        "Reminders",
        OPERATOR,
        is_visible_to_client=False,
    ),
    Act(
        "workflow.redeployment_requested",
        "workflow",
        {"template": "Reminders", "version": 2},
        "Workflow redeployment requested",
        None,
        OPERATOR,
        is_visible_to_client=False,
    ),
    Act(
        "workflow.deployed",
        "workflow",
        {"template": "Reminders", "engine_workflow_id": "7"},
        "A workflow went live",
        "Reminders",
        None,
    ),
    Act(
        "workflow.deployment_failed",
        "workflow",
        {"template": "Reminders", "reason": "The engine said no."},
        "A workflow could not be deployed",
        "Reminders",
        None,
        is_visible_to_client=False,
        outcome="FAILURE",
    ),
    Act("workflow.paused", "workflow", {"template": "Reminders"}, "A workflow was paused", "Reminders", OPERATOR),
    Act("workflow.resumed", "workflow", {"template": "Reminders"}, "A workflow runs again", "Reminders", OPERATOR),
    Act("workflow.removed", "workflow", {"template": "Reminders"}, "A workflow was removed", "Reminders", OPERATOR),
    Act("execution.requested", "execution", {"template": "Reminders"}, "A run was started", "Reminders", OPERATOR),
    Act(
        "execution.finished",
        "execution",
        {"template": "Reminders", "status": "SUCCESS", "engine_execution_id": "12"},
        "A run succeeded",
        "Reminders",
        None,
    ),
    Act(
        "execution.finished",
        "execution",
        {"template": "Reminders", "status": "ERROR", "engine_execution_id": None},
        "A run failed",
        "Reminders",
        None,
        outcome="FAILURE",
    ),
)
