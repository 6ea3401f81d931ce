"""What main joins of workflows."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.feature import Feature
from capecontrol.features.workflows import models
from capecontrol.features.workflows.activity import ACTIVITY
from capecontrol.features.workflows.jobs import SCHEDULE
from capecontrol.features.workflows.permissions import GRANTS
from capecontrol.features.workflows.routes import router
from capecontrol.features.workflows.subscribers import SUBSCRIPTIONS

FEATURE = Feature(
    name="workflows",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    audit_areas=(
        AuditArea("workflow", "Workflows"),
        AuditArea("execution.", "Runs"),
    ),
    activity=ACTIVITY,
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
)
