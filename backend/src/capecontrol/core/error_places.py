"""Where an error comes from, for the log."""

import traceback


def places_of(error: BaseException) -> list[str]:
    """Return our own places of an error and of its causes, without texts and sources: those may quote secrets."""
    places = []
    cause: BaseException | None = error
    while cause is not None:
        places.append(type(cause).__name__)
        for frame in traceback.extract_tb(cause.__traceback__):
            _, package, path = frame.filename.rpartition("capecontrol/")
            if package:
                places.append(f"{path}:{frame.lineno} {frame.name}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return places
