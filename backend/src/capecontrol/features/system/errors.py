"""What can be refused about the system."""

from typing import ClassVar

from capecontrol.core.problems import Conflict


class MessageNotDead(Conflict):
    """The message is on its way, or delivered."""

    slug: ClassVar[str] = "system/message-not-dead"
    title: ClassVar[str] = "This message can't be sent again"


class MessageNotWaiting(Conflict):
    """The message does not wait for another try."""

    slug: ClassVar[str] = "system/message-not-waiting"
    title: ClassVar[str] = "This message isn't waiting to be retried"
