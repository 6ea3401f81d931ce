"""What main joins of proposals."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.feature import Feature
from capecontrol.features.proposals import models
from capecontrol.features.proposals.activity import ACTIVITY
from capecontrol.features.proposals.jobs import SCHEDULE
from capecontrol.features.proposals.mails import MAILS
from capecontrol.features.proposals.permissions import GRANTS
from capecontrol.features.proposals.routes import router
from capecontrol.features.proposals.subscribers import SUBSCRIPTIONS

FEATURE = Feature(
    name="proposals",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    audit_areas=(AuditArea("proposal.", "Proposals"),),
    activity=ACTIVITY,
    mails=MAILS,
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
)
