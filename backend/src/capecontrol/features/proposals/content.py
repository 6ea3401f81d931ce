"""What a proposal says: its lines, and the hash of what was sent."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from capecontrol.core.line_items.pricing import PricedLine
from capecontrol.core.line_items.snapshot import read_lines
from capecontrol.features.proposals.models import Proposal


def lines_of(proposal: Proposal) -> list[PricedLine]:
    """Return the lines of a proposal as they were priced when it was saved."""
    return read_lines(proposal.line_items, tax_inclusive=proposal.tax_inclusive)


def content_hash(proposal: Proposal, *, parties: Mapping[str, str], valid_until: datetime) -> str:
    """Return the SHA-256 (hex) of everything that the client agrees to, in canonical JSON.

    The lines are hashed in the form that is stored, whatever its version, so that the hash can be checked for ever.
    """
    content = {
        "proposal_id": str(proposal.id),
        "project_id": str(proposal.project_id),
        "org_id": str(proposal.org_id),
        "version": proposal.version,
        "parties": dict(parties),
        "title": proposal.title,
        "summary": proposal.summary,
        "terms": proposal.terms,
        "line_items": proposal.line_items,
        "currency": proposal.currency,
        "tax_inclusive": proposal.tax_inclusive,
        "tax_rule": proposal.tax_rule,
        "subtotal": proposal.subtotal,
        "tax": proposal.tax,
        "total": proposal.total,
        "deposit": proposal.deposit,
        "valid_until": valid_until.astimezone(UTC).isoformat(),
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
