"""Garbage, and what never becomes any: what is built as a process starts stays as long as the process does."""

import gc


def spare_what_stays() -> None:
    """Keep the collector from going through what there is by now, again and again.

    A full collection of the application takes a sixth of a second, and in that time a process serves nobody.
    """
    gc.collect()
    gc.freeze()
