"""What can be refused about projects."""

from typing import ClassVar

from capecontrol.core.problems import Conflict


class IllegalTransition(Conflict):
    """The project's state does not lead there."""

    slug: ClassVar[str] = "projects/illegal-transition"
    title: ClassVar[str] = "The project's status doesn't allow this"
