"""Stop and Error."""

from capecontrol.adapters.n8n.local.item import Item
from capecontrol.adapters.n8n.local.step import NodeFailed, Step, text_of


async def run(step: Step) -> list[list[Item]]:
    """End the run with the node's message."""
    parameters = await step.parameters(0)
    raise NodeFailed(text_of(parameters.get("errorMessage"), "Error in workflow"))
