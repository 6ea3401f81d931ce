"""What main joins of projects."""

from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.core.path_objects import PathObject
from capecontrol.features.projects import models
from capecontrol.features.projects.activity import ACTIVITY
from capecontrol.features.projects.audit import AUDIT_AREAS
from capecontrol.features.projects.bulk import ARCHIVE
from capecontrol.features.projects.dao import ProjectDao
from capecontrol.features.projects.permissions import GRANTS, PROJECTS_READ
from capecontrol.features.projects.routes import router

FEATURE = Feature(
    name="projects",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    path_objects=(PathObject("project_id", "project", ProjectDao),),
    topics={Topic.PROJECTS: PROJECTS_READ},
    audit_areas=AUDIT_AREAS,
    activity=ACTIVITY,
    bulk=(ARCHIVE,),
)
