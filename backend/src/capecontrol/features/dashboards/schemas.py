"""Answers: a dashboard for each realm, told apart by ``realm``."""

import uuid
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from capecontrol.core.http import MoneyBody, ResponseBody
from capecontrol.core.http.body import Moment
from capecontrol.core.http.refs import OrganizationRef
from capecontrol.core.links import PagePath
from capecontrol.core.money import Money
from capecontrol.core.permissions import Realm
from capecontrol.features.activity.interface import Activity
from capecontrol.features.projects.interface import ProjectStatus

Link = Annotated[PagePath, Field(description="A page of the front end.", examples=["/proposals/0199f3a0-…"])]


class Leading(ResponseBody):
    """Something that leads to a page; strict, so that mypy asks for one of ``Pages``."""

    model_config = ConfigDict(strict=True)


Currency = Annotated[str, Field(description="The business's own: a sum of nothing is written in it.", examples=["ZAR"])]


class NeedKind(StrEnum):
    """Why a row asks for attention."""

    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    PROPOSAL_DECLINED = "PROPOSAL_DECLINED"
    PROPOSAL_EXPIRED = "PROPOSAL_EXPIRED"
    UNAPPLIED_PAYMENT = "UNAPPLIED_PAYMENT"
    FAILED_DEPLOYMENT = "FAILED_DEPLOYMENT"
    FAILED_EXECUTION = "FAILED_EXECUTION"
    DEAD_LETTERS = "DEAD_LETTERS"
    PROPOSAL_TO_DECIDE = "PROPOSAL_TO_DECIDE"
    PROPOSAL_TO_PAY = "PROPOSAL_TO_PAY"


class Need(Leading):
    """Something that waits for the reader, and why."""

    kind: NeedKind
    title: str = Field(examples=["Changes requested on PRJ-2026-021 v2"])
    reason: str = Field(examples=["“Split the report into two phases”"])
    link: Link
    at: Moment | None = Field(description="Since when.")
    due_at: Moment | None = Field(description="Until when, if there is an end.")
    amount: MoneyBody | None
    organization: OrganizationRef | None = Field(description="For staff.")


class RecentActivity(Leading):
    """One thing that happened, in words."""

    id: uuid.UUID
    at: Moment
    title: str = Field(examples=["Proposal v1 approved"])
    detail: str | None = Field(examples=["“Split the report into two”"])
    amount: MoneyBody | None = Field(description="The amount that it is about.")
    actor: str | None
    link: Link | None
    organization: OrganizationRef | None = Field(description="For staff.")

    @classmethod
    def of(cls, activity: Activity, organization: OrganizationRef | None = None) -> "RecentActivity":
        """Return the answer of an activity."""
        amount = MoneyBody.from_money(activity.amount) if activity.amount else None
        return cls.map_from(activity, at=activity.occurred_at, amount=amount, organization=organization)


class ActiveProjectsFigure(Leading):
    """Projects in progress."""

    count: int
    new_this_month: int
    link: Link


class WaitingProposalsFigure(Leading):
    """Proposals that wait for a client's answer."""

    count: int
    worth: list[MoneyBody] = Field(description="By currency.")
    link: Link


class RevenueFigure(Leading):
    """What was received this month, in the business's time zone."""

    received: list[MoneyBody] = Field(description="By currency.")
    last_month_to_date: list[MoneyBody] = Field(description="The same stretch of the month before.")
    since: Moment
    link: Link


class FailuresFigure(Leading):
    """What did not work."""

    count: int
    failed_executions: int = Field(description="Runs of the last seven days.")
    failed_deployments: int = Field(description="Workflows that are in FAILED now.")
    link: Link


class StaffDashboard(ResponseBody):
    """An operator's page: four numbers, what needs them, what happened."""

    realm: Literal[Realm.ADMIN]
    as_of: Moment
    timezone: str = Field(examples=["Africa/Johannesburg"])
    currency: Currency
    active_projects: ActiveProjectsFigure
    proposals_waiting: WaitingProposalsFigure
    revenue: RevenueFigure
    failures: FailuresFigure
    needs_you: list[Need]
    activity: list[RecentActivity]


class ProjectCard(Leading):
    """A project that is not over."""

    id: uuid.UUID
    code: str
    title: str
    status: ProjectStatus
    updated_at: Moment
    link: Link


class InvoiceRow(Leading):
    """A recent invoice."""

    id: uuid.UUID
    number: str
    title: str
    status: str
    total: MoneyBody
    issued_at: Moment
    link: Link


class ClientDashboard(ResponseBody):
    """A client's page: what is happening, what waits for them, what it costs."""

    realm: Literal[Realm.CLIENT]
    as_of: Moment
    currency: Currency
    projects: list[ProjectCard] = Field(description="Not over, the last changed first (at most 10).")
    needs_you: list[Need]
    paid: list[MoneyBody] = Field(description="Everything that was paid so far, by currency.")
    open: list[MoneyBody] = Field(description="What is approved and not yet paid, by currency.")
    recent_invoices: list[InvoiceRow]
    activity: list[RecentActivity]


Dashboard = Annotated[StaffDashboard | ClientDashboard, Field(discriminator="realm")]


def bodies(amounts: Iterable[Money]) -> list[MoneyBody]:
    """Return amounts as the API writes them."""
    return [MoneyBody.from_money(money) for money in amounts]
