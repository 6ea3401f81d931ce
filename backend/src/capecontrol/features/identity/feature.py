"""What main joins of identity."""

from capecontrol.core.feature import Feature
from capecontrol.core.rings.ring import RingName
from capecontrol.core.secret_keys.columns import Form, KeyedColumn
from capecontrol.core.secret_keys.issued import Issued
from capecontrol.features.identity import models
from capecontrol.features.identity.audit import AUDIT_AREAS
from capecontrol.features.identity.jobs import SCHEDULE
from capecontrol.features.identity.mails import MAILS
from capecontrol.features.identity.permissions import GRANTS
from capecontrol.features.identity.routes import router
from capecontrol.features.identity.subscribers import SUBSCRIPTIONS
from capecontrol.features.identity.tokens import ACCESS_TTL

FEATURE = Feature(
    name="identity",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    mails=MAILS,
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
    audit_areas=AUDIT_AREAS,
    keyed_columns=(KeyedColumn(Form.PEPPERED, models.User.password_hash),),
    issued=(Issued(RingName.TOKENS, ACCESS_TTL),),
)
