"""Answers: a dashboard for each realm, told apart by ``realm``."""

import uuid
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from capecontrol.core.activity import ActivityIcon, ActivityTone
from capecontrol.core.http import MoneyBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.links import PagePath
from capecontrol.core.money import Money
from capecontrol.core.permissions import Realm
from capecontrol.features.activity.interface import Activity
from capecontrol.features.projects.interface import ProjectProposalStatus, ProjectStatus

Link = Annotated[
    PagePath, Field(description="The path of the page with more details.", examples=["/proposals/0199f3a0-…"])
]


class Leading(ResponseBody):
    """Something that leads to a page; strict, so that mypy asks for one of ``Pages``."""

    model_config = ConfigDict(strict=True)


Currency = Annotated[
    str, Field(description="The currency of the business, in which an empty sum is shown.", examples=["ZAR"])
]


class NeedKind(StrEnum):
    """Why something needs attention."""

    PROPOSAL_NOT_DELIVERED = "PROPOSAL_NOT_DELIVERED"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    PROPOSAL_DECLINED = "PROPOSAL_DECLINED"
    PROPOSAL_EXPIRED = "PROPOSAL_EXPIRED"
    UNAPPLIED_PAYMENT = "UNAPPLIED_PAYMENT"
    PAYMENT_FAILED = "PAYMENT_FAILED"
    PAYMENT_UNCONFIRMED = "PAYMENT_UNCONFIRMED"
    PAYMENT_SILENT = "PAYMENT_SILENT"
    WORKFLOW_LEFT = "WORKFLOW_LEFT"
    FAILED_DEPLOYMENT = "FAILED_DEPLOYMENT"
    FAILED_EXECUTION = "FAILED_EXECUTION"
    DEAD_LETTERS = "DEAD_LETTERS"
    MAILS_FAILING = "MAILS_FAILING"
    PROPOSAL_TO_DECIDE = "PROPOSAL_TO_DECIDE"
    PROPOSAL_TO_PAY = "PROPOSAL_TO_PAY"
    #: One that the reader may read, and somebody else of the organization decides on or pays.
    PROPOSAL_WITH_OWNER = "PROPOSAL_WITH_OWNER"


class Need(Leading):
    """Something that needs attention."""

    kind: NeedKind = Field(description="Why attention is needed.")
    title: str = Field(description="What it is about.", examples=["Changes requested: PRJ-2026-021 v2"])
    reason: str = Field(description="What happened, or what to do.", examples=["“Split the report into two phases”"])
    link: Link
    at: Moment | None = Field(description="Since when attention has been needed.")
    due_at: Moment | None = Field(description="The deadline, if any.")
    amount: MoneyBody | None = Field(description="The amount concerned, if any.")
    organization: OrganizationRef | None = Field(description="The client's organization. Null for clients.")
    dismissible_id: uuid.UUID | None = Field(
        default=None,
        description="The ID of the proposal that `POST /api/proposals/{proposal_id}/dismiss` removes; null if the "
        "entry can't be dismissed.",
    )


class RecentActivity(Leading):
    """An entry of the activity."""

    id: uuid.UUID = Field(description="The entry's ID.")
    at: Moment = Field(description="When it happened.")
    title: str = Field(description="What happened, in words.", examples=["Proposal v1 approved"])
    project_title: str | None = Field(
        description="The title of the project that it belongs to.", examples=["Order intake automation"]
    )
    detail: str | None = Field(
        description="More about it, such as a comment or a reason.", examples=["“Split the report into two”"]
    )
    amount: MoneyBody | None = Field(description="The amount concerned, if any.")
    icon: ActivityIcon = Field(description="The icon to show beside the entry.")
    tone: ActivityTone = Field(description="The colour of the icon.")
    actor: str | None = Field(description="The name of the person who did it; null for the system.")
    link: Link | None = Field(description="The page with more details.")
    organization: OrganizationRef | None = Field(description="The client's organization. Null for clients.")

    @classmethod
    def of(cls, activity: Activity, organization: OrganizationRef | None = None) -> "RecentActivity":
        """Return the answer of an activity."""
        amount = MoneyBody.from_money(activity.amount) if activity.amount else None
        return cls.map_from(
            activity,
            at=activity.occurred_at,
            project_title=activity.subject_title,
            amount=amount,
            organization=organization,
        )


class ActiveProjectsFigure(Leading):
    """Projects in progress."""

    count: int = Field(description="Projects in progress.")
    new_this_month: int = Field(description="Projects created this month.")
    link: Link


class WaitingProposalsFigure(Leading):
    """Proposals awaiting a client's decision."""

    count: int = Field(description="Proposals awaiting a client's decision.")
    worth: list[MoneyBody] = Field(description="Their totals by currency.")
    link: Link


class RevenueFigure(Leading):
    """Payments received this month, in the time zone of the business."""

    received: list[MoneyBody] = Field(description="Payments received this month, by currency.")
    last_month_to_date: list[MoneyBody] = Field(
        description="Payments received in the same part of the previous month, by currency."
    )
    since: Moment = Field(description="When this month began in the time zone of the business.")
    link: Link


class FailuresFigure(Leading):
    """Workflows that need attention."""

    count: int = Field(description="Workflows with a failed deployment, or a failed run in the last seven days.")
    failed_executions: int = Field(description="Runs that failed in the last seven days.")
    failed_deployments: int = Field(description="Workflows whose last deployment failed.")
    link: Link


class StaffDashboard(ResponseBody):
    """The dashboard of an operator."""

    realm: Literal[Realm.ADMIN] = Field(description="Always `ADMIN`.")
    as_of: Moment = Field(description="When this was read.")
    timezone: str = Field(description="The time zone of the business.", examples=["Africa/Johannesburg"])
    currency: Currency
    active_projects: ActiveProjectsFigure = Field(description="Projects in progress.")
    proposals_waiting: WaitingProposalsFigure = Field(description="Proposals awaiting a client's decision.")
    revenue: RevenueFigure = Field(description="Payments received this month.")
    failures: FailuresFigure = Field(description="Failed runs and deployments.")
    needs_you: list[Need] = Field(description="What needs attention.")
    activity: list[RecentActivity] = Field(description="The latest activity, newest first.")


class ProjectCard(Leading):
    """A project in progress or in preparation."""

    id: uuid.UUID = Field(description="The project's ID.")
    code: str = Field(description="The project's code.")
    title: str = Field(description="The project's title.")
    status: ProjectStatus = Field(description="The project's status.")
    proposal_status: ProjectProposalStatus | None = Field(
        description="What has come of the newest proposal that was sent for the project; null before the first."
    )
    updated_at: Moment = Field(description="When the project was last changed.")
    link: Link


class InvoiceRow(Leading):
    """A recent invoice."""

    id: uuid.UUID = Field(description="The invoice's ID.")
    number: str = Field(description="The invoice number.")
    title: str = Field(description="What the invoice is for.")
    status: str = Field(description="The invoice's status.")
    total: MoneyBody = Field(description="The total including tax.")
    issued_at: Moment = Field(description="When the invoice was issued.")
    link: Link


class ClientDashboard(ResponseBody):
    """The dashboard of a client."""

    realm: Literal[Realm.CLIENT] = Field(description="Always `CLIENT`.")
    as_of: Moment = Field(description="When this was read.")
    currency: Currency
    projects: list[ProjectCard] = Field(description="Up to 10 current projects, the last changed first.")
    needs_you: list[Need] = Field(description="What needs attention.")
    paid: list[MoneyBody] = Field(description="Everything paid so far, by currency.")
    open: list[MoneyBody] = Field(description="Approved and not yet paid, by currency.")
    processing: list[MoneyBody] = Field(
        description="The part of `open` whose payment is on its way or being checked, by currency. "
        "Nothing needs to be done about it."
    )
    paid_link: Link = Field(description="The path of the list that `paid` adds up.")
    open_link: Link = Field(description="The path of the list that `open` adds up.")
    recent_invoices: list[InvoiceRow] = Field(description="The latest invoices, newest first.")
    activity: list[RecentActivity] = Field(description="The latest activity, newest first.")


Dashboard = Annotated[StaffDashboard | ClientDashboard, Field(discriminator="realm")]


def bodies(amounts: Iterable[Money]) -> list[MoneyBody]:
    """Return amounts as the API writes them."""
    return [MoneyBody.from_money(money) for money in amounts]
