"""Mail by SMTP, with the standard library in a thread."""

import asyncio
import contextlib
import smtplib
import ssl
from urllib.parse import unquote, urlsplit

import structlog

from capecontrol.adapters.email.message import Sender, compose
from capecontrol.adapters.email.smtp_reply import SmtpReply
from capecontrol.core.clock import Clock
from capecontrol.features.notifications.ports import MailRefused, MailUnavailable, OutgoingMail

log = structlog.get_logger("mail")

_PORTS = {"smtp": 587, "smtps": 465}


class SmtpMailer:
    """Delivers through a mail server.

    SMTP knows no idempotency: when the connection breaks between the data and the answer the mail may arrive twice,
    with the same ``Message-ID``. One duplicate per ambiguous hand-over is the floor.
    """

    def __init__(
        self, url: str, mail_from: str, clock: Clock, *, is_private: bool = False, deadline_seconds: float = 30.0
    ) -> None:
        """Take where the server is.

        Args:
            url: ``smtp://user:pass@host:587`` (with STARTTLS) or ``smtps://…:465``.
            mail_from: who writes.
            clock: what the mails are dated by.
            is_private: whether the way there is our own, so that mail without a password may take it in the clear.
            deadline_seconds: how long a mail may take.

        Raises:
            ValueError: the address is neither.
        """
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError("SMTP_URL must look like smtp://user:password@host:port or smtps://…")
        self._sender = Sender(mail_from)
        self._clock = clock
        self._is_tls = parts.scheme == "smtps"
        self._is_private = is_private
        self._host, self._port = parts.hostname, parts.port or _PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._deadline_seconds = deadline_seconds

    async def deliver(self, mail: OutgoingMail) -> None:
        """Hand the mail to the server.

        What it says of the recipient or the content may be final; what it says of the connection, of us or of our
        address is not: somebody mends it, or it ends by itself.
        """
        message = compose(mail, self._sender, self._clock)
        try:
            async with asyncio.timeout(self._deadline_seconds):
                await asyncio.to_thread(self._send, message, mail.to)
        except TimeoutError as error:
            raise MailUnavailable("the mail server did not answer in time") from error
        except smtplib.SMTPRecipientsRefused as error:
            # One mail goes to one recipient.
            ((code, text),) = error.recipients.values()
            raise _judge_mail(SmtpReply.read(code, text), step=type(error).__name__) from error
        except smtplib.SMTPResponseException as error:
            raise _judge(error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailUnavailable(
                "the mail server offers no STARTTLS, and PRIVATE_SERVICES does not name it"
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable(type(error).__name__) from error

    def _send(self, message: bytes, to: str) -> None:
        # Each step of the conversation is bounded too, so that the thread ends after the caller has given up.
        step_seconds = self._deadline_seconds / 3
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self._is_tls:
            server = smtplib.SMTP_SSL(self._host, self._port, timeout=step_seconds, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=step_seconds)
        try:
            self._hand_over(server, message, to, context)
        finally:
            # However it says goodbye: what it answered to the mail holds.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _hand_over(self, server: smtplib.SMTP, message: bytes, to: str, context: ssl.SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        if not self._is_tls and (self._password or not self._is_private or server.has_extn("starttls")):
            # Refused where it is not offered: whoever stands between may have taken the offer away.
            server.starttls(context=context)
        if self._password:
            server.login(self._user, self._password)
        # What needs more than ASCII is an address, which the server has to know how to pass on (RFC 6531).
        options = () if message.isascii() else ("SMTPUTF8", "BODY=8BITMIME")
        if options:
            server.ehlo_or_helo_if_needed()
            if not server.has_extn("smtputf8"):
                raise MailRefused("the mail server passes on no address of other letters than ASCII's")
        server.sendmail(self._sender.address, [to], message, mail_options=options)


def _judge(error: smtplib.SMTPResponseException) -> Exception:
    """Return what a refusal of anything but the recipient means."""
    reply = SmtpReply.read(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPDataError):
        return _judge_mail(reply, step=type(error).__name__)
    is_final = isinstance(error, smtplib.SMTPSenderRefused) and reply.is_final_of_sender
    if reply.is_permanent and not is_final:
        _tell_of_refusal(reply, step=type(error).__name__)
    return _verdict(reply, is_final=is_final)


def _judge_mail(reply: SmtpReply, *, step: str) -> Exception:
    """Return what a refusal of the recipient or the content means."""
    if reply.is_about_us:
        _tell_of_refusal(reply, step=step)
    return _verdict(reply, is_final=reply.is_final)


def _tell_of_refusal(reply: SmtpReply, *, step: str) -> None:
    """Log that our address, our password or our connection is refused: nothing goes out until somebody looks."""
    log.error("mail.server_refuses_us", step=step, reply=str(reply))


def _verdict(reply: SmtpReply, *, is_final: bool) -> Exception:
    if is_final:
        return MailRefused(f"the mail server refused the mail for good ({reply})")
    return MailUnavailable(f"the mail server does not take the mail now ({reply})")
