"""What keeps a stream from beginning."""

from typing import ClassVar

from capecontrol.core.problems import Unavailable


class StreamsExhausted(Unavailable):
    """The process serves as many streams as it may."""

    slug: ClassVar[str] = "live/exhausted"
    title: ClassVar[str] = "Too many pages are open. Try again shortly."
    retry_after_seconds: ClassVar[int | None] = 30
    is_planned: ClassVar[bool] = True
