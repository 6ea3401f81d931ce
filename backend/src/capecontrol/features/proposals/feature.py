"""What main joins of proposals."""

from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.core.path_objects import PathObject
from capecontrol.core.secret_keys.columns import Form, KeyedColumn
from capecontrol.features.proposals import models
from capecontrol.features.proposals.activity import ACTIVITY
from capecontrol.features.proposals.audit import AUDIT_AREAS
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.jobs import SCHEDULE
from capecontrol.features.proposals.mails import MAILS
from capecontrol.features.proposals.permissions import GRANTS, PROPOSALS_READ
from capecontrol.features.proposals.routes import exports, proposals, sending
from capecontrol.features.proposals.subscribers import SUBSCRIPTIONS

FEATURE = Feature(
    name="proposals",
    models=(models,),
    routers=(exports.router, proposals.router, sending.router),
    grants=GRANTS,
    path_objects=(PathObject("proposal_id", "proposal", ProposalDao),),
    topics={Topic.PROPOSALS: PROPOSALS_READ},
    audit_areas=AUDIT_AREAS,
    activity=ACTIVITY,
    mails=MAILS,
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
    keyed_columns=(KeyedColumn(Form.SEALED, models.Proposal.viewing_token_sealed),),
)
