"""Addresses of our own pages: always from the configured public address, never from a request's Host header.

Every page of the front end that the back end leads to is named here, once. ``tests/core/pages.json`` lists their
addresses; a test of each side holds it to the pages that are named here and to the front end's routes.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import NewType

#: The address of a page below the public one, with its query: ``/projects?status=IN_PROGRESS``. ``Pages`` makes them.
PagePath = NewType("PagePath", str)

#: What a page is of; for the page of an activity's kind the placeholder of what is known when an entry is read.
Id = uuid.UUID | str


class Pages:
    """The front end's pages, as far as the back end leads to them."""

    @staticmethod
    def login() -> PagePath:
        """Return where people sign in."""
        return PagePath("/login")

    @staticmethod
    def business() -> PagePath:
        """Return where operators edit the business."""
        return PagePath("/admin/business")

    @staticmethod
    def verify_email(token: str) -> PagePath:
        """Return where a mailed token is used up."""
        return PagePath(f"/verify-email/{token}")

    @staticmethod
    def project(project_id: Id) -> PagePath:
        """Return a project's page."""
        return PagePath(f"/projects/{project_id}")

    @staticmethod
    def project_workflows(project_id: Id) -> PagePath:
        """Return a project's workflows with their runs."""
        return PagePath(f"/projects/{project_id}?tab=workflows")

    @staticmethod
    def project_invoices(project_id: Id) -> PagePath:
        """Return a project's invoices."""
        return PagePath(f"/projects/{project_id}?tab=invoices")

    @staticmethod
    def projects_in_progress() -> PagePath:
        """Return the projects that are being worked on."""
        return PagePath("/projects?status=IN_PROGRESS")

    @staticmethod
    def proposal(proposal_id: Id) -> PagePath:
        """Return a proposal's page."""
        return PagePath(f"/proposals/{proposal_id}")

    @staticmethod
    def proposal_unpaid(proposal_id: Id) -> PagePath:
        """Return a proposal's page, as it is after Stripe's page was left without paying."""
        return PagePath(f"/proposals/{proposal_id}?payment=cancelled")

    @staticmethod
    def proposals_sent() -> PagePath:
        """Return the proposals that wait for a decision."""
        return PagePath("/proposals?status=SENT")

    @staticmethod
    def proposals_unpaid() -> PagePath:
        """Return the proposals that were approved and are not paid."""
        return PagePath("/proposals?unpaid=yes")

    @staticmethod
    def shared_proposal(token: str) -> PagePath:
        """Return where a viewing link opens."""
        return PagePath(f"/p/{token}")

    @staticmethod
    def invoice(invoice_id: Id) -> PagePath:
        """Return an invoice's page."""
        return PagePath(f"/invoices/{invoice_id}")

    @staticmethod
    def invoices() -> PagePath:
        """Return the list of invoices."""
        return PagePath("/invoices")

    @staticmethod
    def invoices_paid() -> PagePath:
        """Return the invoices that are paid."""
        return PagePath("/invoices?status=PAID")

    @staticmethod
    def invoices_since(day: date | str) -> PagePath:
        """Return the invoices that were issued from a day on."""
        return PagePath(f"/invoices?from={day}")

    @staticmethod
    def checkout_return(payment_intent_id: Id) -> PagePath:
        """Return where a payer comes back to who has paid."""
        return PagePath(f"/billing/return?payment_intent_id={payment_intent_id}")

    @staticmethod
    def failing_workflows() -> PagePath:
        """Return the workflows with a failed deployment, or a failed run of the last days."""
        return PagePath("/admin/workflows?failing=yes")

    @staticmethod
    def system() -> PagePath:
        """Return what runs and what waits."""
        return PagePath("/admin/system")

    @staticmethod
    def failed_workflows() -> PagePath:
        """Return the workflows whose deployment failed."""
        return PagePath("/admin/workflows?status=FAILED")


@dataclass(frozen=True, slots=True)
class Links:
    """Builds absolute links."""

    public_url: str

    def page(self, path: PagePath) -> str:
        """Return the absolute address of a page."""
        return self.public_url.rstrip("/") + path
