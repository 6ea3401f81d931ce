"""What main joins of projects."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.feature import Feature
from capecontrol.features.projects import models
from capecontrol.features.projects.activity import ACTIVITY
from capecontrol.features.projects.permissions import GRANTS
from capecontrol.features.projects.routes import router

FEATURE = Feature(
    name="projects",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    audit_areas=(AuditArea("project.", "Projects"),),
    activity=ACTIVITY,
)
