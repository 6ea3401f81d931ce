"""Stand-ins for what makes paper and carries it: fast, and readable in a test."""

from collections.abc import Mapping

from capecontrol.core.documents import RenderFailed
from capecontrol.features.notifications.ports import MailRefused, MailUnavailable, OutgoingMail


class HtmlRenderer:
    """A renderer whose document is its HTML."""

    def __init__(self) -> None:
        self.rendered = 0
        self.is_broken = False

    async def render(self, html: str, pictures: Mapping[str, bytes] | None = None, *, source: str = "") -> bytes:
        if self.is_broken:
            raise RenderFailed("broken for this test")
        self.rendered += 1
        return b"%PDF-" + html.encode()


class Postbox:
    """A carrier that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[OutgoingMail] = []
        self.is_away = False
        #: Addresses that it refuses for good.
        self.refuses: set[str] = set()

    async def deliver(self, mail: OutgoingMail) -> None:
        if self.is_away:
            raise MailUnavailable("away for this test")
        if mail.to in self.refuses:
            raise MailRefused("nobody of this name")
        self.mails.append(mail)
