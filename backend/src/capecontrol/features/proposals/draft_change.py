"""What the audit log keeps of an edit of a draft: from what to what, and of the client's words only how many."""

from collections import Counter

from capecontrol.core.audit import change_of, digested
from capecontrol.core.line_items.pricing import LineItem
from capecontrol.features.proposals.draft import Draft


def draft_change(before: Draft, after: Draft, *, totals: tuple[int, int]) -> dict[str, object]:
    """Return the members that an edit changed, as they were and as they are, and how many lines it concerns.

    Args:
        before: the draft that was stored.
        after: the draft that takes its place.
        totals: what each comes to, in minor units of its currency.
    """
    return {
        **change_of(*(_told(draft, total) for draft, total in zip((before, after), totals, strict=True))),
        "changed_lines": _changed_lines(before.items, after.items) or None,
    }


def _told(draft: Draft, total: int) -> dict[str, object]:
    return {
        "title": draft.title,
        "currency": draft.currency,
        "total": total,
        "lines": len(draft.items),
        "tax_inclusive": draft.tax_inclusive,
        # Named as an amount within: readers of the log write it as money.
        "deposit": draft.deposit and {"amount": draft.deposit.amount},
        "valid_until": draft.valid_until and draft.valid_until.isoformat(),
        "summary": digested(draft.summary),
        "terms": digested(draft.terms),
    }


def _changed_lines(before: tuple[LineItem, ...], after: tuple[LineItem, ...]) -> int:
    """Return how many lines were added, removed or changed; where all are there still, how many stand elsewhere."""
    was, now = Counter(before), Counter(after)
    changed = max((was - now).total(), (now - was).total())
    return changed or sum(one != other for one, other in zip(before, after, strict=True))
