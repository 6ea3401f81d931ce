"""Joins protocols and implementations: the one place that knows both."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from redis.asyncio import Redis

from capecontrol.core.business import Business
from capecontrol.core.clock import Clock, ShiftedClock, SystemClock
from capecontrol.core.crypto import Keyring
from capecontrol.core.db.database import Database, PoolSize
from capecontrol.core.http.csrf import CsrfTokens
from capecontrol.core.http.limits import RateLimiter
from capecontrol.core.http.state import HttpState
from capecontrol.core.links import Links
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.ports import Ports
from capecontrol.core.work import Foundation
from capecontrol.features.audit.sink import DatabaseAuditSink
from capecontrol.features.identity.authenticator import SessionAuthenticator
from capecontrol.features.identity.cookies import SessionCookies
from capecontrol.features.identity.tokens import AccessTokens
from capecontrol.main.features import event_routes, permission_table
from capecontrol.main.local.clock import read_offset
from capecontrol.main.settings import Settings


def build_clock(settings: Settings) -> Clock:
    """Return the clock of a process: the machine's, or in the local run one that can be moved."""
    if not settings.is_local:
        return SystemClock()
    home = settings.capecontrol_home

    def offset() -> timedelta:
        return read_offset(home)

    return ShiftedClock(offset)


def build_foundation(settings: Settings, *, pool: PoolSize | None = None, filters_by_scope: bool = True) -> Foundation:
    """Return what every unit of work of a process shares. Nothing is connected yet."""
    return Foundation(
        database=Database(
            settings.database_url.get_secret_value(),
            pool or PoolSize(size=settings.database_pool_size),
            filters_by_scope=filters_by_scope,
        ),
        clock=build_clock(settings),
        audit=DatabaseAuditSink(),
        routes=event_routes(),
        permissions=permission_table(),
        keyring=Keyring([key.get_secret_value() for key in settings.encryption_keys]),
    )


def build_ports(settings: Settings) -> Ports:
    """Return the implementations that this installation's settings choose."""
    ports, secret = Ports(), settings.secret_key.get_secret_value()
    ports.provide(Links, Links(settings.public_url))
    ports.provide(Business, Business(settings.seller_name, ZoneInfo(settings.issuer_timezone)))
    ports.provide(PasswordHasher, PasswordHasher(secret, rounds=settings.bcrypt_rounds))
    ports.provide(AccessTokens, AccessTokens(secret, settings.public_url))
    ports.provide(SessionCookies, SessionCookies(settings.public_url, is_secure=not settings.is_local))
    return ports


def build_redis(settings: Settings) -> Redis:
    """Return the client of the shared Redis. Callers put a total deadline around each call."""
    return Redis.from_url(settings.redis_url.get_secret_value(), socket_timeout=1, socket_connect_timeout=1)


def build_http_state(settings: Settings, foundation: Foundation, ports: Ports, redis: Redis) -> HttpState:
    """Return the HTTP layer's collaborators."""
    return HttpState(
        foundation=foundation,
        ports=ports,
        authenticator=SessionAuthenticator(foundation, ports.get(AccessTokens)),
        csrf=CsrfTokens(settings.secret_key.get_secret_value()),
        limiter=RateLimiter(redis, enabled=settings.rate_limits),
    )
