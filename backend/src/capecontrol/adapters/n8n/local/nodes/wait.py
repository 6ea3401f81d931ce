"""Wait: for a time. Waiting for a call is started and never ended, as an unanswered call would be."""

from datetime import timedelta

from capecontrol.adapters.n8n.local.item import Item
from capecontrol.adapters.n8n.local.step import NodeFailed, Step, Suspended, text_of

UNITS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


async def run(step: Step) -> list[list[Item]]:
    """Hand the items on after the time is over."""
    parameters = await step.parameters(0)
    resume = text_of(parameters.get("resume"), "timeInterval")
    if resume in ("webhook", "form"):
        raise Suspended
    if resume != "timeInterval":
        raise NodeFailed(f"The local n8n cannot wait for {resume}")
    is_first = step.node.version < 1.1
    unit = text_of(parameters.get("unit"), "hours" if is_first else "seconds")
    amount = parameters.get("amount", 1 if is_first else 5)
    if isinstance(amount, bool) or not isinstance(amount, int | float) or amount < 0 or unit not in UNITS:
        raise NodeFailed("Invalid wait amount. Please enter a number that is 0 or greater.")
    await step.sleep(timedelta(seconds=amount * UNITS[unit]))
    return [step.items]
