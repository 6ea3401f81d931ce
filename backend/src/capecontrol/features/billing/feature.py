"""What main joins of billing."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.features.billing import models
from capecontrol.features.billing.activity import ACTIVITY
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
    topics={Topic.PAYMENTS: PAYMENTS_READ, Topic.INVOICES: INVOICES_READ},
    audit_areas=(
        AuditArea("payment.", "Payments"),
        AuditArea("invoice.", "Invoices"),
        AuditArea("stripe_event.", "Stripe events"),
    ),
    activity=ACTIVITY,
    mails=MAILS,
    subscriptions=SUBSCRIPTIONS,
    schedule=SCHEDULE,
)
