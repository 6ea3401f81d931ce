"""Joins protocols and implementations: the one place that knows both."""

from zoneinfo import ZoneInfo

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from capecontrol.adapters.email.resend import ResendMailer
from capecontrol.adapters.email.smtp import SmtpMailer
from capecontrol.adapters.n8n.client import N8nEngine
from capecontrol.adapters.outbound.client import OutboundHttp
from capecontrol.adapters.pdf.renderer import WeasyPrintRenderer
from capecontrol.adapters.pictures.reader import PillowReader
from capecontrol.adapters.storage.folder import FolderStorage
from capecontrol.adapters.storage.s3 import S3Storage
from capecontrol.adapters.stripe.gateway import StripeGateway
from capecontrol.core.activity import ActivityCatalog
from capecontrol.core.audit import AuditAreas
from capecontrol.core.bulk.kind import BulkKinds
from capecontrol.core.business import Business
from capecontrol.core.clock import Clock, SystemClock
from capecontrol.core.credentials import BearerCredentials, NoCredentials
from capecontrol.core.crypto import Keyring
from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.documents import PdfRenderer
from capecontrol.core.http.blocked_attempts import BlockedAttempts
from capecontrol.core.http.csrf import CsrfTokens
from capecontrol.core.http.limits import RateLimiter
from capecontrol.core.http.state import HttpState
from capecontrol.core.links import Links
from capecontrol.core.outbox.outbox import Outbox
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.peppers import Peppers
from capecontrol.core.permissions import PermissionTable
from capecontrol.core.pictures import PictureReader
from capecontrol.core.ports import Ports
from capecontrol.core.rate import Rate
from capecontrol.core.rings.master import MasterRing
from capecontrol.core.rings.ring import RingName
from capecontrol.core.rings.rings import RingTimes, SecretRings
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.uploads.shown_pictures import ShownPictures
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.audit.sink import DatabaseAuditSink
from capecontrol.features.billing.ports import PaymentGateway
from capecontrol.features.billing.stripe import StripeWebhooks
from capecontrol.features.business.interface import Demonstration
from capecontrol.features.identity.authenticator import SessionAuthenticator
from capecontrol.features.identity.cookies import SessionCookies
from capecontrol.features.identity.own_origin import OwnOrigin
from capecontrol.features.identity.tokens import AccessTokens
from capecontrol.features.live.bounds import LiveBounds
from capecontrol.features.live.streams import LiveStreams
from capecontrol.features.notifications.mail_templates import MailTemplates
from capecontrol.features.notifications.ports import Mailer
from capecontrol.features.workflows.ports import AutomationEngine, CallbackBase
from capecontrol.main.features import (
    activity_catalog,
    audit_areas,
    bulk_kinds,
    event_registry,
    mails,
    path_objects,
    permission_table,
    topic_table,
)
from capecontrol.main.settings import Settings, SettingsIncomplete
from capecontrol.main.settings.fields import DEMO_ADDRESS, DEMO_SELLER
from capecontrol.main.settings.private_services import PrivateServices


def build_factory(
    settings: Settings,
    *,
    clock: Clock | None = None,
    pool: PoolSize | None = None,
    filters_by_scope: bool = True,
    ring_times: RingTimes | None = None,
) -> UnitOfWorkFactory:
    """Return what every unit of work of a process shares; the clock is the machine's unless one is given.

    Nothing is connected yet, and the rings hold what the environment has.
    """
    entries = [key.get_secret_value() for key in settings.encryption_keys]
    rings = SecretRings(settings.secret_key.get_secret_value(), MasterRing(entries), times=ring_times)
    return UnitOfWorkFactory(
        database=Database(
            settings.database_url.get_secret_value(),
            pool or PoolSize(size=settings.database_pool_size),
            filters_by_scope=filters_by_scope,
        ),
        clock=clock or SystemClock(),
        audit=DatabaseAuditSink(),
        events=Outbox(event_registry()),
        keyring=Keyring(entries, rings[RingName.SEALING]),
        rings=rings,
    )


def build_ports(settings: Settings, factory: UnitOfWorkFactory, *, mailer: Mailer | None = None) -> Ports:
    """Return the implementations that this installation's settings choose.

    Args:
        settings: the installation's.
        factory: whose clock dates the mails, and whose rings hold the keys.
        mailer: carries mail in place of the one that the settings name.

    Raises:
        SettingsIncomplete: an outside service is not configured.
    """
    ports = Ports()
    ports.provide(Links, Links(settings.public_url))
    ports.provide(Business, build_business(settings))
    ports.provide(Demonstration, build_demonstration(settings))
    ports.provide(ActivityCatalog, activity_catalog())
    ports.provide(AuditAreas, audit_areas())
    ports.provide(BulkKinds, bulk_kinds())
    ports.provide(PermissionTable, permission_table())
    ports.provide(MailTemplates, MailTemplates(mails()))
    ports.provide(Mailer, mailer or build_mailer(settings, factory.clock))
    ports.provide(ObjectStorage, build_storage(settings))
    ports.provide(ShownPictures, ShownPictures())
    ports.provide(PdfRenderer, WeasyPrintRenderer())
    ports.provide(PictureReader, PillowReader())
    stripe = build_stripe(settings)
    ports.provide(PaymentGateway, stripe)
    ports.provide(StripeWebhooks, stripe)
    ports.provide(
        AutomationEngine, N8nEngine(OutboundHttp(allowed_private_hosts=frozenset(settings.outbound_private_hosts)))
    )
    ports.provide(CallbackBase, CallbackBase((settings.callback_url or settings.public_url).rstrip("/")))
    ports.provide(PasswordHasher, build_password_hasher(settings, factory.rings))
    ports.provide(AccessTokens, AccessTokens(factory.rings[RingName.TOKENS], settings.public_url))
    ports.provide(BearerCredentials, NoCredentials())
    ports.provide(LiveStreams, build_live_streams(settings, factory))
    is_secure = not settings.is_local
    own = OwnOrigin(settings.public_url, trusted=settings.cors_allowed_origins, is_secure=is_secure)
    ports.provide(OwnOrigin, own)
    ports.provide(SessionCookies, SessionCookies(own, is_secure=is_secure))
    return ports


def build_live_streams(settings: Settings, factory: UnitOfWorkFactory) -> LiveStreams:
    """Return what tells open pages of changes."""
    bounds = LiveBounds(streams_max=settings.live_streams_max, life_seconds=settings.live_seconds)
    return LiveStreams(factory, topic_table(), bounds)


def build_business(settings: Settings) -> Business:
    """Return who sells here as the settings say: what the record is made of when there is none."""
    return Business(
        name=settings.seller_name,
        currency=settings.seller_currency,
        timezone=ZoneInfo(settings.issuer_timezone),
        address=settings.seller_address,
        tax_number=settings.seller_tax_number,
        email=settings.seller_email,
    )


def build_demonstration(settings: Settings) -> Demonstration:
    """Return in whose name nobody may trade but the demonstration."""
    return Demonstration(DEMO_SELLER, DEMO_ADDRESS, is_here=settings.is_local)


def build_password_hasher(settings: Settings, rings: SecretRings) -> PasswordHasher:
    """Return what hashes passwords and checks them."""
    return PasswordHasher(Peppers(rings[RingName.PEPPER]), rounds=settings.bcrypt_rounds)


def build_mailer(settings: Settings, clock: Clock) -> Mailer:
    """Return the carrier of mail that the settings name: SMTP or Resend."""
    if settings.smtp_url is not None:
        url = settings.smtp_url.get_secret_value()
        services = PrivateServices.of(settings.private_services)
        is_private = settings.is_local or services.include_mail_server(url)
        return SmtpMailer(url, settings.mail_from, clock, is_private=is_private)
    if settings.resend_api_key is not None:
        return ResendMailer(settings.resend_api_key.get_secret_value(), settings.mail_from)
    raise SettingsIncomplete("SMTP_URL or RESEND_API_KEY must say how mail is sent")


def build_storage(settings: Settings) -> ObjectStorage:
    """Return where files live: S3 when a bucket is named, else a folder."""
    if settings.s3_bucket is None:
        return FolderStorage(settings.capecontrol_home / "objects")
    return S3Storage(
        settings.s3_bucket,
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        access_key_id=settings.s3_access_key_id,
        secret_access_key=settings.s3_secret_access_key.get_secret_value() if settings.s3_secret_access_key else None,
    )


def build_stripe(settings: Settings) -> StripeGateway:
    """Return the payment provider and reader of its webhooks: Stripe, at its own address or at the stand-in's."""
    if settings.stripe_secret_key is None or settings.stripe_webhook_secret is None:
        raise SettingsIncomplete("STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be given")
    return StripeGateway(
        settings.stripe_secret_key.get_secret_value(),
        settings.stripe_webhook_secret.get_secret_value(),
        api_base=settings.stripe_api_base,
    )


def build_redis(settings: Settings) -> Redis:
    """Return the client of the shared Redis. Callers put a total deadline around each call."""
    return Redis.from_url(
        settings.redis_url.get_secret_value(),
        socket_timeout=1,
        socket_connect_timeout=1,
        # At once, and once: after a restart of Redis every pooled connection is dead without knowing it. The client's
        # own way waits longer than anybody here does.
        retry=Retry(NoBackoff(), 1),
    )


def rates_of(settings: Settings) -> dict[str, Rate]:
    """Return what this installation lets pass, by the names of the limits: ``limit_sign_outs`` is of ``sign-outs``."""
    names = [name for name in type(settings).model_fields if name.startswith("limit_")]
    return {name.removeprefix("limit_").replace("_", "-"): getattr(settings, name) for name in names}


def build_http_state(settings: Settings, factory: UnitOfWorkFactory, ports: Ports, redis: Redis) -> HttpState:
    """Return the HTTP layer's collaborators."""
    return HttpState(
        factory=factory,
        ports=ports,
        authenticator=SessionAuthenticator(factory.clock, ports.get(AccessTokens), permission_table()),
        csrf=CsrfTokens(factory.rings[RingName.CSRF]),
        path_objects=path_objects(),
        blocked_attempts=BlockedAttempts(factory),
        limiter=RateLimiter(redis, enabled=settings.rate_limits, rates=rates_of(settings)),
    )
