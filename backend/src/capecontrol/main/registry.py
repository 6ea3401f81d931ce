"""Every model of the house, imported in one place: for all processes, for Alembic, for the tests."""

from capecontrol.core.db.base import Base
from capecontrol.core.db.evidence import MigrationEvidence
from capecontrol.core.http.idempotency import IdempotencyKey
from capecontrol.core.outbox.model import OutboxMessage
from capecontrol.core.outbox.schedule import ScheduleSlot
from capecontrol.core.series import NumberSeries
from capecontrol.features.audit import models as audit
from capecontrol.features.billing import models as billing
from capecontrol.features.identity import models as identity
from capecontrol.features.onboarding import models as onboarding
from capecontrol.features.organizations import models as organizations
from capecontrol.features.projects import models as projects
from capecontrol.features.proposals import models as proposals
from capecontrol.features.workflows import models as workflows

MODELS = (IdempotencyKey, MigrationEvidence, NumberSeries, OutboxMessage, ScheduleSlot)
FEATURES = (audit, billing, identity, onboarding, organizations, projects, proposals, workflows)

metadata = Base.metadata
