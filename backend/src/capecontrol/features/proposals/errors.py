"""What can be refused about proposals."""

from typing import ClassVar

from capecontrol.core.problems import Conflict


class AlreadyActive(Conflict):
    """The project has an active proposal."""

    slug: ClassVar[str] = "proposals/already-active"
    title: ClassVar[str] = "This project has an active proposal already"


class ProjectClosed(Conflict):
    """The project is archived, or in a state that only a later release knows."""

    slug: ClassVar[str] = "proposals/project-archived"
    title: ClassVar[str] = "This project takes no proposals"


class Locked(Conflict):
    """What was sent does not change."""

    slug: ClassVar[str] = "proposals/locked"
    title: ClassVar[str] = "A proposal cannot be changed once it is sent"


class WrongState(Conflict):
    """The proposal's state does not allow the step."""

    slug: ClassVar[str] = "proposals/wrong-state"
    title: ClassVar[str] = "This step is not possible in the proposal's status"


class ValidityOver(Conflict):
    """The proposal's validity is over."""

    slug: ClassVar[str] = "proposals/expired"
    title: ClassVar[str] = "This proposal is no longer valid"


class ContentChanged(Conflict):
    """The hash that was sent back is not that of what was sent out."""

    slug: ClassVar[str] = "proposals/content-changed"
    title: ClassVar[str] = "This is not the text that you were looking at"


class NothingToPay(Conflict):
    """A proposal of nothing cannot be paid, so it cannot be sent."""

    slug: ClassVar[str] = "proposals/nothing-to-pay"
    title: ClassVar[str] = "The total of this proposal is zero"
