"""Mail by Resend's HTTP API."""

import base64
from email.headerregistry import Address

import httpx

from capecontrol.adapters.email.header_text import without_encoded_words
from capecontrol.adapters.email.message import Sender, check_recipient, reply_address
from capecontrol.features.notifications.ports import MailRefused, MailUnavailable, OutgoingMail

_API = "https://api.resend.com"
#: Refusals that are about us or about the moment, not about this mail.
_LATER = frozenset({401, 403, 408, 409, 425, 429})


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
        if answer.status_code >= 500 or answer.status_code in _LATER:
            raise MailUnavailable(f"Resend answered {answer.status_code}")
        raise MailRefused(f"Resend answered {answer.status_code}")

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
