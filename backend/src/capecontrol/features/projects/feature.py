"""What main joins of projects."""

from capecontrol.core.audit import AuditArea
from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.features.projects import models
from capecontrol.features.projects.activity import ACTIVITY
from capecontrol.features.projects.bulk import ARCHIVE
from capecontrol.features.projects.permissions import GRANTS, PROJECTS_READ
from capecontrol.features.projects.routes import router

FEATURE = Feature(
    name="projects",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    topics={Topic.PROJECTS: PROJECTS_READ},
    audit_areas=(AuditArea("project.", "Projects"),),
    activity=ACTIVITY,
    bulk=(ARCHIVE,),
)
