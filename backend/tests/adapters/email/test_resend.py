"""Resend: what is sent, and what its answers mean."""

import base64
import json

import httpx
import pytest
from structlog.testing import capture_logs

from capecontrol.adapters.email.resend import ResendMailer
from capecontrol.features.notifications.ports import MailRefused, MailUnavailable
from tests.adapters.email.test_mailers import FROM, PDF, new_mail


async def test_a_mail_goes_out_with_its_idempotency_key() -> None:
    requests: list[httpx.Request] = []

    def take(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json={"id": "x"})

    mailer, mail = (
        ResendMailer("re_secret", FROM, transport=httpx.MockTransport(take)),
        new_mail(reply_to="hello@northstar.example"),
    )
    await mailer.deliver(mail)
    await mailer.close()
    [request] = requests
    assert request.url == "https://api.resend.com/emails"
    assert request.headers["Authorization"] == "Bearer re_secret"
    assert request.headers["Idempotency-Key"] == str(mail.message_id)
    body = json.loads(request.content)
    assert (body["to"], body["from"], body["subject"]) == (["owner@example.com"], FROM, mail.subject)
    assert body["reply_to"] == "hello@northstar.example"
    assert base64.b64decode(body["attachments"][0]["content"]) == PDF


@pytest.mark.parametrize("address", ["nobody", "a@b@c", "a@example.com, b@example.com", "<a@example.com>"])
async def test_what_is_no_single_address_is_not_sent(address: str) -> None:
    requests: list[httpx.Request] = []

    def take(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, json={"id": "x"})

    mailer = ResendMailer("re_x", FROM, transport=httpx.MockTransport(take))
    with pytest.raises(MailRefused):
        await mailer.deliver(new_mail(to=address))
    await mailer.close()
    assert requests == []


@pytest.mark.parametrize("status", [401, 402, 403, 404, 405, 409, 425, 429, 500, 503])
async def test_what_is_not_about_the_mail_is_tried_again(status: int) -> None:
    mailer = ResendMailer("re_x", FROM, transport=httpx.MockTransport(lambda _: httpx.Response(status)))
    with pytest.raises(MailUnavailable):
        await mailer.deliver(new_mail())
    await mailer.close()


@pytest.mark.parametrize("status", [400, 413, 422, 451])
async def test_what_is_about_the_mail_is_given_up(status: int) -> None:
    mailer = ResendMailer("re_x", FROM, transport=httpx.MockTransport(lambda _: httpx.Response(status)))
    with pytest.raises(MailRefused):
        await mailer.deliver(new_mail())
    await mailer.close()


@pytest.mark.parametrize("status", [401, 403])
async def test_a_key_that_is_refused_is_loud(status: int) -> None:
    mailer = ResendMailer("re_x", FROM, transport=httpx.MockTransport(lambda _: httpx.Response(status)))
    with capture_logs() as logs, pytest.raises(MailUnavailable):
        await mailer.deliver(new_mail())
    await mailer.close()
    assert [(line["event"], line["log_level"]) for line in logs] == [("mail.server_refuses_us", "error")]


async def test_a_broken_connection_is_tried_again() -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    mailer = ResendMailer("re_x", FROM, transport=httpx.MockTransport(broken))
    with pytest.raises(MailUnavailable):
        await mailer.deliver(new_mail())
    await mailer.close()
