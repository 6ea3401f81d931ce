"""The one list of features: what every process, the migrations and the tests know of the product."""

from collections.abc import Iterator

from capecontrol.core.activity import ActivityCatalog
from capecontrol.core.audit import AuditAreas
from capecontrol.core.bulk.kind import BulkKinds
from capecontrol.core.changes.model import Change
from capecontrol.core.changes.topic import TopicTable
from capecontrol.core.db.base import Base
from capecontrol.core.db.evidence import MigrationEvidence
from capecontrol.core.feature import Feature
from capecontrol.core.http import Router
from capecontrol.core.http.audit import BLOCKED_ATTEMPTS
from capecontrol.core.http.csrf import PAIR_TTL
from capecontrol.core.http.idempotency.model import IdempotencyKey
from capecontrol.core.inbox import jobs as inbox_jobs
from capecontrol.core.inbox.model import InboundEvent
from capecontrol.core.mail import Mail
from capecontrol.core.outbox import housekeeping
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.registry import EventRegistry
from capecontrol.core.outbox.schedule import ScheduleSlot
from capecontrol.core.path_objects import PathObjects
from capecontrol.core.permissions import PermissionTable
from capecontrol.core.rings.ring import RingName
from capecontrol.core.secret_keys.audit import KEYS
from capecontrol.core.secret_keys.columns import Form, KeyedColumn
from capecontrol.core.secret_keys.issued import Issued
from capecontrol.core.secret_keys.model import KeyFingerprint, SecretKeyRecord
from capecontrol.core.series import NumberSeries
from capecontrol.core.uploads import jobs as upload_jobs
from capecontrol.core.uploads.model import Upload
from capecontrol.features.activity.feature import FEATURE as ACTIVITY
from capecontrol.features.apps.feature import FEATURE as APPS
from capecontrol.features.audit.feature import FEATURE as AUDIT
from capecontrol.features.billing.feature import FEATURE as BILLING
from capecontrol.features.bulk_operations.feature import FEATURE as BULK_OPERATIONS
from capecontrol.features.business.feature import FEATURE as BUSINESS
from capecontrol.features.dashboards.feature import FEATURE as DASHBOARDS
from capecontrol.features.identity.feature import FEATURE as IDENTITY
from capecontrol.features.live.feature import FEATURE as LIVE
from capecontrol.features.notifications.feature import FEATURE as NOTIFICATIONS
from capecontrol.features.onboarding.feature import FEATURE as ONBOARDING
from capecontrol.features.organizations.feature import FEATURE as ORGANIZATIONS
from capecontrol.features.projects.feature import FEATURE as PROJECTS
from capecontrol.features.proposals.feature import FEATURE as PROPOSALS
from capecontrol.features.search.feature import FEATURE as SEARCH
from capecontrol.features.system.feature import FEATURE as SYSTEM
from capecontrol.features.workflows.feature import FEATURE as WORKFLOWS

#: In the order in which the API's description tells them.
FEATURES: tuple[Feature, ...] = (
    IDENTITY,
    ONBOARDING,
    ORGANIZATIONS,
    BUSINESS,
    PROJECTS,
    PROPOSALS,
    BILLING,
    WORKFLOWS,
    DASHBOARDS,
    SEARCH,
    AUDIT,
    APPS,
    NOTIFICATIONS,
    ACTIVITY,
    LIVE,
    BULK_OPERATIONS,
    SYSTEM,
)
#: The tables that no feature owns.
CORE_MODELS: tuple[type[Base], ...] = (
    Change,
    IdempotencyKey,
    InboundEvent,
    MigrationEvidence,
    NumberSeries,
    OutboxMessage,
    ScheduleSlot,
    SecretKeyRecord,
    KeyFingerprint,
    Upload,
)

#: Every table: those of core, and those of the features, whose models came with the imports above.
metadata = Base.metadata


def routers() -> Iterator[Router]:
    """Return the HTTP operations of all features."""
    for feature in FEATURES:
        yield from feature.routers


def permission_table() -> PermissionTable:
    """Return who may do what, over all features."""
    return PermissionTable(*(feature.grants for feature in FEATURES))


def activity_catalog() -> ActivityCatalog:
    """Return what people are told of, over all features."""
    return ActivityCatalog(*(feature.activity for feature in FEATURES))


def topic_table() -> TopicTable:
    """Return of which changes pages are told, over all features."""
    return TopicTable(feature.topics for feature in FEATURES)


def bulk_kinds() -> BulkKinds:
    """Return what can be done to many things at once, over all features."""
    return BulkKinds(kind for feature in FEATURES for kind in feature.bulk)


def mails() -> Iterator[type[Mail]]:
    """Return the mails of all features."""
    for feature in FEATURES:
        yield from feature.mails


def path_objects() -> PathObjects:
    """Return what the parameters of paths name, over all features."""
    return PathObjects(one for feature in FEATURES for one in feature.path_objects)


def audit_areas() -> AuditAreas:
    """Return what a reader of the audit log may ask for, over all features; last what core itself records."""
    own = (area for feature in FEATURES for area in feature.audit_areas)
    return AuditAreas((*own, BLOCKED_ATTEMPTS, KEYS))


def keyed_columns() -> tuple[KeyedColumn, ...]:
    """Return where things lie that were made with keys, over core and all features."""
    own = (
        KeyedColumn(Form.SEALED, IdempotencyKey.answer),
        KeyedColumn(Form.SEALED, IdempotencyKey.headers),
        KeyedColumn(Form.DIGEST, IdempotencyKey.fingerprint),
        KeyedColumn(Form.SEALED, InboundEvent.payload, InboundEvent.is_sealed.is_(True)),
    )
    return own + tuple(column for feature in FEATURES for column in feature.keyed_columns)


def issued() -> tuple[Issued, ...]:
    """Return what is signed with keys and handed out, over core and all features."""
    return Issued(RingName.CSRF, PAIR_TTL), *(one for feature in FEATURES for one in feature.issued)


def event_registry() -> EventRegistry:
    """Return who listens to what, and what recurs, over all features."""
    return EventRegistry(
        subscriptions=[subscription for feature in FEATURES for subscription in feature.subscriptions],
        schedule=[
            *housekeeping.SCHEDULE,
            *inbox_jobs.SCHEDULE,
            *upload_jobs.SCHEDULE,
            *(job for feature in FEATURES for job in feature.schedule),
        ],
    )
