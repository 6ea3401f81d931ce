"""What a proposal says: its lines between the database and the arithmetic, and the hash of what was sent."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from capecontrol.features.proposals.models import Proposal
from capecontrol.features.proposals.pricing import PricedLine


def to_json(line: PricedLine) -> dict[str, object]:
    """Return a line as the database keeps it; decimals as text, so that nothing makes floats of them."""
    return {
        "description": line.description,
        "quantity": str(line.quantity),
        "unit_price": line.unit_price,
        "tax_rate": str(line.tax_rate),
        "optional": line.is_optional,
        "net": line.net,
        "tax": line.tax,
    }


def from_json(stored: Mapping[str, object]) -> PricedLine:
    """Return a line as it was priced when it was saved: it is never worked out anew."""
    return PricedLine(
        description=str(stored["description"]),
        quantity=Decimal(str(stored["quantity"])),
        unit_price=int(str(stored["unit_price"])),
        tax_rate=Decimal(str(stored["tax_rate"])),
        is_optional=bool(stored["optional"]),
        net=int(str(stored["net"])),
        tax=int(str(stored["tax"])),
    )


def lines_of(proposal: Proposal) -> list[PricedLine]:
    """Return the priced lines of a proposal."""
    return [from_json(line) for line in proposal.line_items]


def content_hash(proposal: Proposal, *, parties: Mapping[str, str], valid_until: datetime) -> str:
    """Return the SHA-256 (hex) of everything that the client agrees to, in canonical JSON."""
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
