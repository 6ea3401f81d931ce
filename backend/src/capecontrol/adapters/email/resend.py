"""Mail by Resend's HTTP API."""

import base64
from email.headerregistry import Address

import httpx
import structlog

from capecontrol.adapters.email.header_text import without_encoded_words
from capecontrol.adapters.email.message import Sender, check_recipient, reply_address
from capecontrol.features.notifications.ports import MailRefused, MailUnavailable, OutgoingMail

log = structlog.get_logger("mail")

_API = "https://api.resend.com"
#: Refusals of this mail. Every other one is of us or of the moment. 451 is Resend's: it finds the content unsafe.
_FINAL = frozenset({400, 413, 422, 451})
#: Our key, or our domain: nothing goes out until somebody mends it.
_OURS = frozenset({401, 403})


class ResendMailer:
    """Delivers through Resend. The message id is the idempotency key (kept there for 24 hours)."""

    def __init__(
        self,
        api_key: str,
        mail_from: str,
        *,
        deadline_seconds: float = 20.0,
        api_base: str = _API,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Take the key and the sender (its domain must be verified at Resend)."""
        self._sender = Sender(mail_from)
        self._deadline_seconds = deadline_seconds
        self._client = httpx.AsyncClient(
            base_url=api_base,
            headers={"Authorization": f"Bearer {api_key}"},
            timeout=deadline_seconds,
            transport=transport,
        )

    async def deliver(self, mail: OutgoingMail) -> None:
        """Hand the mail over; what is about the mail itself is refused for good, all else may be tried again."""
        check_recipient(mail)
        body: dict[str, object] = {
            # Resend writes the headers, and nobody knows what it takes for encoded.
            "from": str(Address(without_encoded_words(self._sender.name_for(mail)), addr_spec=self._sender.address)),
            "to": [mail.to],
            "subject": without_encoded_words(mail.subject),
            "text": mail.text,
            "html": mail.html,
            "headers": {
                "Message-ID": f"<{mail.message_id}@{self._sender.domain}>",
                "Auto-Submitted": "auto-generated",
            },
            "attachments": [
                {
                    "filename": without_encoded_words(attachment.filename),
                    "content": base64.b64encode(attachment.data).decode(),
                    "content_type": attachment.media_type,
                }
                for attachment in mail.attachments
            ],
        }
        if answers_to := reply_address(mail):
            body["reply_to"] = answers_to
        try:
            answer = await self._client.post("/emails", json=body, headers={"Idempotency-Key": str(mail.message_id)})
        except httpx.HTTPError as error:
            raise MailUnavailable(type(error).__name__) from error
        if answer.is_success:
            return
        if answer.status_code in _FINAL:
            raise MailRefused(f"Resend answered {answer.status_code}")
        if answer.status_code in _OURS:
            log.error("mail.server_refuses_us", step="emails", reply=str(answer.status_code))
        raise MailUnavailable(f"Resend answered {answer.status_code}")

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
