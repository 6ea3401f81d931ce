"""Body of the answer behind a viewing link."""

import uuid
from datetime import datetime

from pydantic import Field

from capecontrol.core.business import Business
from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.schemas.proposal import ProposalContent, content_of


class SharedProposal(ProposalContent):
    """A proposal as its viewing link shows it. All names are those at the time of sending."""

    newer_version: int | None = Field(description="The number of the latest version sent, if it isn't this one.")
    newer_id: uuid.UUID | None = Field(
        description="The ID of the latest version sent, if it isn't this one. Reading it takes a sign-in."
    )
    has_pdf: bool = Field(description="Whether the PDF can be downloaded.")

    @classmethod
    def of(cls, row: Proposal, newer: Proposal | None, business: Business, now: datetime) -> "SharedProposal":
        """Return the answer of a row that was sent."""
        parties = row.parties or {}
        content = content_of(
            row,
            business,
            now,
            project_code=parties.get("project_code", ""),
            project_title=parties.get("project_title", ""),
            organization_name=parties.get("organization", ""),
        )
        return cls.map_from(
            row,
            newer_version=newer.version if newer else None,
            newer_id=newer.id if newer else None,
            has_pdf=row.pdf_key is not None,
            **content,
        )
