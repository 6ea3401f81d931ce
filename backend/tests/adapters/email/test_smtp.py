"""SMTP's refusals: later or never."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from capecontrol.adapters.email.smtp import SmtpMailer
from capecontrol.core.clock import SystemClock
from capecontrol.features.notifications.ports import MailRefused, MailUnavailable
from tests.adapters.email.test_mailers import FROM, free_port, new_mail


@asynccontextmanager
async def server(heard: list[str] | None = None, **answers: str) -> AsyncIterator[str]:
    """A mail server that gives these answers to these commands, and a good one to the others."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            command = line.split()[0].decode().lower()
            if heard is not None:
                heard.append(command)
            if command == "data" and "data" not in answers:
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                command = "end"
            writer.write(answers.get(command, "221 bye" if command == "quit" else "250 fine").encode() + b"\r\n")
            if command == "quit":
                break
        writer.close()

    listening = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    yield f"smtp://127.0.0.1:{port}"
    listening.close()
    await listening.wait_closed()


@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "end"])
async def test_a_4xx_is_tried_again(step: str) -> None:
    async with server(**{step: "451 later"}) as url:
        with pytest.raises(MailUnavailable):
            await SmtpMailer(url, FROM, SystemClock(), is_private=True).deliver(new_mail())


@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "end"])
async def test_a_5xx_is_given_up(step: str) -> None:
    async with server(**{step: "550 never"}) as url:
        with pytest.raises(MailRefused):
            await SmtpMailer(url, FROM, SystemClock(), is_private=True).deliver(new_mail())


async def test_a_password_is_not_sent_in_clear() -> None:
    async with server() as url:
        mailer = SmtpMailer(url.replace("smtp://", "smtp://user:secret@"), FROM, SystemClock(), is_private=True)
        with pytest.raises(MailUnavailable):  # the server offers no STARTTLS
            await mailer.deliver(new_mail())


async def test_a_mail_is_not_sent_in_clear_over_networks_of_others() -> None:
    """Whoever stands between takes the offer of STARTTLS away and reads the link that sets a password."""
    heard: list[str] = []
    async with server(heard) as url:
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
