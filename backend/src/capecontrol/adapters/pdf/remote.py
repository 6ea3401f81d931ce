"""What the renderer's process is asked to call, by name.

The press is loaded in that process only: WeasyPrint takes a quarter of the time that any other process needs to start.
"""

from importlib import import_module

_PRESS = "capecontrol.adapters.pdf.press"


def warm() -> None:
    """Load the press."""
    import_module(_PRESS).warm()


def render(html: str) -> bytes:
    """Render a document."""
    pdf: bytes = import_module(_PRESS).render(html)
    return pdf
