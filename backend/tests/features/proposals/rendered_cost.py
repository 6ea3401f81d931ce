"""What a document costs the processor, in a process of its own."""

import time

from capecontrol.adapters.pdf.renderer_process import render


def cost_of(html: str) -> float:
    """Return the seconds of the processor that a document takes."""
    began = time.process_time()
    render(html, {})
    return time.process_time() - began
