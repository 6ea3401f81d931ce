"""What an installation that people rely on must not start with: one sentence for each."""

import ipaddress
import re
from collections.abc import Iterator
from email.utils import getaddresses, parseaddr
from urllib.parse import urlsplit

from capecontrol.core.rate import Rate
from capecontrol.main.redis_address import RedisAddress
from capecontrol.main.settings.database import database_refusals
from capecontrol.main.settings.environment import Environment
from capecontrol.main.settings.fields import SettingFields
from capecontrol.main.settings.private_services import PrivateServices
from capecontrol.main.settings.secrets import secret_refusals

_BCRYPT_ROUNDS = 12
_STRIPE_KEY = re.compile(r"(?:sk|rk)(?:_org)?_(live|test)_[A-Za-z0-9_]+")
#: Limits above these are none.
_RATE_MAX, _BURST_MAX = 10_000, 100_000
#: Signing in: four passwords a second are hashed.
_CREDENTIALS_RATE_MAX, _CREDENTIALS_BURST_MAX = 100, 1000
#: The largest networks of one's own: 10.0.0.0/8 and fc00::/7.
_NETWORK_PREFIX_MIN = {4: 8, 6: 7}
_REDIS_PORT = 6379
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
#: Where the sender of a local run has its address (RFC 2606).
_NOBODYS_DOMAIN = ".test"


def refusals(settings: SettingFields) -> list[str]:
    """Return why an installation must not start, in words for the person who sets it up; empty when it may.

    Staging is checked as strictly as production; only its Stripe keys differ.
    """
    if settings.is_local:
        return []
    return [
        *secret_refusals(settings),
        *_of_addresses(settings),
        *database_refusals(settings),
        *_of_services(settings),
        *_of_protections(settings),
        *_of_stripe(settings),
    ]


def _of_addresses(settings: SettingFields) -> Iterator[str]:
    services = PrivateServices.of(settings.private_services)
    if not _is_https(settings.public_url):
        yield "PUBLIC_URL must begin with https://"
    if not _is_plain(settings.public_url):
        yield "PUBLIC_URL must hold no login, no ? and no #: the address of every page is built on it"
    if settings.callback_url is not None and not (
        _is_https(settings.callback_url) or _is_private(settings.callback_url, services)
    ):
        yield "CALLBACK_URL must begin with https://, or PRIVATE_SERVICES must name its host"
    if settings.s3_endpoint is not None and not (
        _is_https(settings.s3_endpoint) or _is_private(settings.s3_endpoint, services)
    ):
        yield "S3_ENDPOINT must begin with https://, or PRIVATE_SERVICES must name its host"
    if any(not _is_https(origin) for origin in settings.cors_allowed_origins):
        yield "CORS_ALLOWED_ORIGINS must name origins that begin with https://"
    if any(not _is_proxy(proxy) for proxy in settings.forwarded_allow_ips.split(",") if proxy.strip()):
        yield (
            "FORWARDED_ALLOW_IPS must list the addresses of proxies or networks of your own; "
            "a larger one would let every client choose its own address"
        )


def _of_services(settings: SettingFields) -> Iterator[str]:
    redis = RedisAddress.parse(settings.redis_url.get_secret_value())
    host, port = redis.parts.hostname or "", redis.parts.port or _REDIS_PORT
    is_ours = redis.parts.scheme == "unix" or PrivateServices.of(settings.private_services).include(host, port)
    if not (is_ours or redis.is_verified):
        yield "REDIS_URL must verify the server's certificate (rediss://), or PRIVATE_SERVICES must name its host"
    if not settings.names_mail_carrier:
        yield "SMTP_URL or RESEND_API_KEY must say how mail is sent"
    if parseaddr(settings.mail_from)[1].lower().rstrip(".").endswith(_NOBODYS_DOMAIN):
        yield "MAIL_FROM must be an address of yours; .test addresses cannot receive e-mail"
    elif not _is_sender(settings.mail_from):
        yield (
            "MAIL_FROM must be one address, such as Northstar <hello@northstar.example>; "
            "a name with a comma, a bracket or an @ stands in quotes"
        )


def _of_protections(settings: SettingFields) -> Iterator[str]:
    if settings.bcrypt_rounds < _BCRYPT_ROUNDS:
        yield f"BCRYPT_ROUNDS must be at least {_BCRYPT_ROUNDS}"
    if not settings.rate_limits:
        yield "RATE_LIMITS must be on"
    for name in type(settings).model_fields:
        if not name.startswith("limit_"):
            continue
        rate, burst = _RATE_MAX, _BURST_MAX
        if name == "limit_credentials":
            rate, burst = _CREDENTIALS_RATE_MAX, _CREDENTIALS_BURST_MAX
        chosen: Rate = getattr(settings, name)
        if chosen.per_second > rate or chosen.burst > burst:
            yield f"{name.upper()} must be at most {rate}:{burst}"
    if settings.metrics_port is not None and settings.metrics_token is None and not _is_inside(settings.metrics_host):
        yield "METRICS_TOKEN must be given, or METRICS_HOST must be an address that the public does not reach"


def _of_stripe(settings: SettingFields) -> Iterator[str]:
    if settings.stripe_secret_key is None or settings.stripe_webhook_secret is None:
        yield "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be given"
    if settings.stripe_api_base is not None:
        yield "STRIPE_API_BASE is for the stand-in of a local run: remove it"
    if settings.stripe_secret_key is None:
        return
    kind = _STRIPE_KEY.fullmatch(settings.stripe_secret_key.get_secret_value())
    if kind is None:
        yield "STRIPE_SECRET_KEY must be a secret or restricted key of Stripe (sk_… or rk_…)"
    elif settings.capecontrol_env is Environment.PRODUCTION and kind[1] == "test":
        yield "STRIPE_SECRET_KEY must not be a test key in production: nobody would pay"
    elif settings.capecontrol_env is Environment.STAGING and kind[1] == "live":
        yield "STRIPE_SECRET_KEY must not be a live key in staging: it would take people's money"


def _is_https(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme == "https" and bool(parts.hostname)


def _is_plain(text: str) -> bool:
    parts = urlsplit(text)
    return "@" not in parts.netloc and not ({"?", "#"} & set(text))


def _is_sender(text: str) -> bool:
    addresses = [address for _, address in getaddresses([text])]
    if len(addresses) != 1 or _ADDRESS.fullmatch(addresses[0]) is None or _CONTROL.search(text):
        return False
    # The reader passes over blanks in an address, and over a bracket that nothing closes.
    written = text.strip()
    return written == addresses[0] or written.endswith(f"<{addresses[0]}>")


def _is_private(text: str, services: PrivateServices) -> bool:
    parts = urlsplit(text)
    return parts.scheme == "http" and services.include(parts.hostname or "", parts.port or 80)


def _is_proxy(text: str) -> bool:
    try:
        network = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return False
    return network.prefixlen >= _NETWORK_PREFIX_MIN[network.version]


def _is_inside(host: str) -> bool:
    """Tell whether an address to listen on is one of this machine or of a network of one's own."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    return address.is_private and not address.is_unspecified
