"""SMTP's refusals: later or never."""

import asyncio

import pytest
from structlog.testing import capture_logs

from capecontrol.adapters.email.smtp import SmtpMailer
from capecontrol.core.clock import SystemClock
from capecontrol.features.notifications.ports import MailRefused, MailUnavailable
from tests.adapters.email.mail_server import mail_server
from tests.adapters.email.test_mailers import FROM, free_port, new_mail


def mailer_at(url: str) -> SmtpMailer:
    return SmtpMailer(url, FROM, SystemClock(), is_private=True)


@pytest.mark.parametrize("step", ["connect", "mail", "rcpt", "data", "end"])
@pytest.mark.parametrize("answer", ["421 4.7.0 later", "450 4.2.1 busy", "451 later", "452 4.3.1 full", "550 4.2.1"])
async def test_what_may_pass_is_tried_again(step: str, answer: str) -> None:
    async with mail_server(**{step: answer}) as url:
        with pytest.raises(MailUnavailable):
            await mailer_at(url).deliver(new_mail())


#: What mail servers say of their own state, of our address or of our rate: it ends, or somebody mends it.
OF_THE_SERVER_OR_US = [
    "552 5.2.2 The mailbox is full",
    "552 Requested mail action aborted: exceeded storage allocation",
    "550 5.2.2 Over quota",
    "554 5.3.0 Something of the system",
    "550 5.3.2 System not accepting network messages",
    "554 5.3.5 System incorrectly configured",
    "550 5.4.3 Directory server failure",
    "550 5.4.5 Mail system congestion",
    "552 5.5.3 Too many recipients",
    "521 5.3.2 does not accept mail",
    "530 5.7.0 Must issue a STARTTLS command first",
    "530 Authentication required",
    "550 5.7.25 The sending address has no PTR record",
    "550 5.7.26 This mail is unauthenticated",
    "550 5.7.28 Mail flood detected",
    "550 5.7.606 Access denied, banned sending address",
    "550 5.7.705 Access denied, tenant has exceeded threshold",
    "550 5.1.8 Sender address rejected",
]


@pytest.mark.parametrize("step", ["rcpt", "end"])
@pytest.mark.parametrize("answer", OF_THE_SERVER_OR_US)
async def test_a_5xx_of_the_servers_state_or_of_us_is_tried_again(step: str, answer: str) -> None:
    async with mail_server(**{step: answer}) as url:
        with pytest.raises(MailUnavailable):
            await mailer_at(url).deliver(new_mail())


@pytest.mark.parametrize("step", ["rcpt", "end"])
@pytest.mark.parametrize(
    "answer",
    [
        "554 5.7.1 <naledi@harbour.example>: Relay access denied",
        "550 5.7.1 Unable to relay",
        "550 relaying denied",
        "554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using zen.spamhaus.org",
        "553 5.7.1 <no-reply@example.com>: Sender address rejected: not owned by user billing",
        "554 Sending quota exceeded",
        "550 5.7.705 Access denied, tenant has exceeded threshold",
        "530 Authentication required",
    ],
)
async def test_a_server_that_refuses_us_at_the_recipient_loses_no_mail_and_is_told_loudly(
    step: str, answer: str
) -> None:
    with capture_logs() as logs:
        async with mail_server(**{step: answer}) as url:
            with pytest.raises(MailUnavailable):
                await mailer_at(url).deliver(new_mail())
    assert [(line["event"], line["log_level"]) for line in logs] == [("mail.server_refuses_us", "error")]
    assert "naledi" not in str(logs)


@pytest.mark.parametrize("answer", ["552 5.2.2 The mailbox is full", "450 4.2.1 busy", "550 5.1.1 nobody"])
async def test_a_recipients_own_trouble_is_none_of_ours(answer: str) -> None:
    with capture_logs() as logs:
        async with mail_server(rcpt=answer) as url:
            with pytest.raises((MailUnavailable, MailRefused)):
                await mailer_at(url).deliver(new_mail())
    assert logs == []


@pytest.mark.parametrize("step", ["connect", "helo", "mail"])
@pytest.mark.parametrize("answer", ["554 5.7.1 Too many connections", "550 5.7.1 Blocked", "554 No service", "550 no"])
async def test_no_5xx_before_the_recipient_is_about_the_mail(step: str, answer: str) -> None:
    steps = {"helo": answer, "ehlo": answer} if step == "helo" else {step: answer}
    with capture_logs() as logs:
        async with mail_server(**steps) as url:
            with pytest.raises(MailUnavailable):
                await mailer_at(url).deliver(new_mail())
    assert [(line["event"], line["log_level"]) for line in logs] == [("mail.server_refuses_us", "error")]


#: What is about the recipient or what the mail holds: no other attempt ends otherwise.
OF_THE_MAIL = [
    "550 no such user",
    "550 5.1.1 The e-mail account that you tried to reach does not exist",
    "550 5.1.10 Recipient not found",
    "556 5.1.10 Recipient address has a null MX",
    "550 5.2.1 The account is disabled",
    "551 5.1.6 User has moved",
    "553 5.1.3 The recipient address is no valid address",
    "553 mailbox name not allowed",
    "552 5.3.4 Message size exceeds fixed limit",
    "552 5.2.3 Message too long",
    "550 5.4.1 Recipient address rejected: Access denied",
    "554 5.6.0 Invalid message content",
    "552 5.7.0 This message was blocked because its content presents a potential security issue",
    "550 5.7.1 Recipient address rejected",
    "554 Transaction failed",
]


@pytest.mark.parametrize("step", ["rcpt", "end"])
@pytest.mark.parametrize("answer", OF_THE_MAIL)
async def test_a_5xx_of_the_recipient_or_the_content_is_final(step: str, answer: str) -> None:
    async with mail_server(**{step: answer}) as url:
        with pytest.raises(MailRefused) as refused:
            await mailer_at(url).deliver(new_mail())
    # The words may name addresses, and what is kept of an error is shown to operators.
    assert answer.split()[-1] not in str(refused.value)


@pytest.mark.parametrize("answer", ["552 Message size exceeds maximum", "552 5.3.4 Too big", "553 5.6.7 x"])
async def test_what_is_refused_with_the_sender_and_is_about_the_mail_is_final(answer: str) -> None:
    """Servers are told a mail's size with its sender (RFC 1870)."""
    async with mail_server(mail=answer) as url:
        with pytest.raises(MailRefused):
            await mailer_at(url).deliver(new_mail())


async def test_an_address_that_the_server_cannot_pass_on_is_final() -> None:
    async with mail_server() as url:
        with pytest.raises(MailRefused, match="ASCII"):
            await mailer_at(url).deliver(new_mail(to="jürgen@example.com"))


@pytest.mark.parametrize("goodbye", ["421 busy", "500 what", "250 fine"])
async def test_a_mail_that_was_taken_is_taken_however_the_server_says_goodbye(goodbye: str) -> None:
    async with mail_server(quit=goodbye) as url:
        await mailer_at(url).deliver(new_mail())


async def test_a_refusal_holds_however_the_server_says_goodbye() -> None:
    async with mail_server(rcpt="550 5.1.1 nobody", quit="421 busy") as url:
        with pytest.raises(MailRefused):
            await mailer_at(url).deliver(new_mail())


async def test_a_password_is_not_sent_in_clear() -> None:
    async with mail_server() as url:
        mailer = SmtpMailer(url.replace("smtp://", "smtp://user:secret@"), FROM, SystemClock(), is_private=True)
        with pytest.raises(MailUnavailable):  # the server offers no STARTTLS
            await mailer.deliver(new_mail())


async def test_a_mail_is_not_sent_in_clear_over_networks_of_others() -> None:
    """Whoever stands between takes the offer of STARTTLS away and reads the link that sets a password."""
    heard: list[str] = []
    async with mail_server(heard) as url:
        with pytest.raises(MailUnavailable, match="offers no STARTTLS"):
            await SmtpMailer(url, FROM, SystemClock()).deliver(new_mail())
    assert not {"mail", "rcpt", "data"} & set(heard)


async def test_a_server_that_is_away_is_tried_again() -> None:
    with pytest.raises(MailUnavailable):
        await SmtpMailer(f"smtp://127.0.0.1:{free_port()}", FROM, SystemClock()).deliver(new_mail())


async def test_a_silent_server_is_given_up_in_time() -> None:
    hung_up = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        hung_up.set()

    listening = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    mailer = SmtpMailer(f"smtp://127.0.0.1:{port}", FROM, SystemClock(), deadline_seconds=0.3)
    with pytest.raises(MailUnavailable):
        await mailer.deliver(new_mail())
    await hung_up.wait()
    listening.close()


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "mail:25"])
def test_a_wrong_url_is_found_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL"):
        SmtpMailer(url, FROM, SystemClock())
