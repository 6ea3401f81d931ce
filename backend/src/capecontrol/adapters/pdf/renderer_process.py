"""What the renderer's process is asked to call, by name.

WeasyPrint is loaded in that process only: it takes a quarter of the time that any other process needs to start.
"""

import os
from collections.abc import Mapping
from importlib import import_module

_RENDERING = "capecontrol.adapters.pdf.rendering"
#: How far the process steps back from its parent: a document can wait half a second longer, and whoever looks at a page
#: does not wait.
NICENESS = 10


def begin() -> None:
    """Load WeasyPrint and its fonts, and from then on leave the cores to whoever serves.

    In this order: on a machine that is busy for long, a process that steps back first takes a minute to begin, and no
    document is made meanwhile.
    """
    import_module(_RENDERING).warm()
    if hasattr(os, "nice"):
        os.nice(NICENESS)


def render(html: str, pictures: Mapping[str, bytes]) -> bytes:
    """Render a document with the pictures that it names."""
    pdf: bytes = import_module(_RENDERING).render(html, pictures)
    return pdf
