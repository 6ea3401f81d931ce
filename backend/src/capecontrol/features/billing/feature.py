"""What main joins of billing."""

from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.core.path_objects import PathObject
from capecontrol.features.billing import models
from capecontrol.features.billing.activity import ACTIVITY
from capecontrol.features.billing.audit import AUDIT_AREAS
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.dao.invoices import InvoiceDao
from capecontrol.features.billing.jobs import SCHEDULE
from capecontrol.features.billing.mails import MAILS
from capecontrol.features.billing.permissions import GRANTS, INVOICES_READ, PAYMENTS_READ
from capecontrol.features.billing.routes import router
from capecontrol.features.billing.subscribers import SUBSCRIPTIONS

FEATURE = Feature(
    name="billing",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    path_objects=(
        PathObject("invoice_id", "invoice", InvoiceDao),
        PathObject("payment_intent_id", "payment_intent", IntentDao),
    ),
    topics={Topic.PAYMENTS: PAYMENTS_READ, Topic.INVOICES: INVOICES_READ},
    audit_areas=AUDIT_AREAS,
    activity=ACTIVITY,
    mails=MAILS,
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
)
