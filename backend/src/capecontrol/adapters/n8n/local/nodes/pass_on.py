"""Webhook (its input is the call), No Operation, and whatever is disabled: items leave as they came."""

from capecontrol.adapters.n8n.local.item import Item
from capecontrol.adapters.n8n.local.step import Step


async def run(step: Step) -> list[list[Item]]:
    """Hand the items on."""
    return [step.items]
