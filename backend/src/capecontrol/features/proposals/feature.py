"""What main joins of proposals."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.features.proposals import models
from capecontrol.features.proposals.activity import ACTIVITY
from capecontrol.features.proposals.jobs import SCHEDULE
from capecontrol.features.proposals.mails import MAILS
from capecontrol.features.proposals.permissions import GRANTS, PROPOSALS_READ
from capecontrol.features.proposals.routes import exports, proposals
from capecontrol.features.proposals.subscribers import SUBSCRIPTIONS

FEATURE = Feature(
    name="proposals",
    models=(models,),
    routers=(exports.router, proposals.router),
    grants=GRANTS,
    topics={Topic.PROPOSALS: PROPOSALS_READ},
    audit_areas=(AuditArea("proposal.", "Proposals"),),
    activity=ACTIVITY,
    mails=MAILS,
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
)
