"""What can be refused about proposals."""

from typing import ClassVar

from capecontrol.core.problems import Conflict


class AlreadyActive(Conflict):
    """The project has an active proposal."""

    slug: ClassVar[str] = "proposals/already-active"
    title: ClassVar[str] = "This project already has an active proposal"


class ProjectClosed(Conflict):
    """The project is archived, or in a state that only a later release knows: its proposals stay as they are."""

    slug: ClassVar[str] = "proposals/project-archived"
    title: ClassVar[str] = "The project is closed"


class Locked(Conflict):
    """What was sent does not change."""

    slug: ClassVar[str] = "proposals/locked"
    title: ClassVar[str] = "This proposal can no longer be edited"


class WrongState(Conflict):
    """The proposal's state does not allow the step."""

    slug: ClassVar[str] = "proposals/wrong-state"
    title: ClassVar[str] = "The proposal's status doesn't allow this"


class ValidityOver(Conflict):
    """The proposal's validity is over."""

    slug: ClassVar[str] = "proposals/expired"
    title: ClassVar[str] = "This proposal has expired"


class ContentChanged(Conflict):
    """The hash that was sent back is not that of what was sent out."""

    slug: ClassVar[str] = "proposals/content-changed"
    title: ClassVar[str] = "This proposal has changed since you opened it"


class TextTooLong(Conflict):
    """An earlier release took more text than a document can hold."""

    slug: ClassVar[str] = "proposals/too-long"
    title: ClassVar[str] = "This proposal is too long"


class NothingToPay(Conflict):
    """A proposal of nothing cannot be paid, so it cannot be sent."""

    slug: ClassVar[str] = "proposals/nothing-to-pay"
    title: ClassVar[str] = "The total of this proposal is zero"
