"""What the renderer's process is asked to call, by name.

WeasyPrint is loaded in that process only: it takes a quarter of the time that any other process needs to start.
"""

from importlib import import_module

_RENDERING = "capecontrol.adapters.pdf.rendering"


def warm() -> None:
    """Load WeasyPrint and its fonts."""
    import_module(_RENDERING).warm()


def render(html: str) -> bytes:
    """Render a document."""
    pdf: bytes = import_module(_RENDERING).render(html)
    return pdf
