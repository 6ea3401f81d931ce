"""What main joins of organizations."""

from capecontrol.core.changes.topic import Topic
from capecontrol.core.feature import Feature
from capecontrol.core.path_objects import PathObject
from capecontrol.features.organizations import models
from capecontrol.features.organizations.audit import AUDIT_AREAS
from capecontrol.features.organizations.dao import OrganizationDao
from capecontrol.features.organizations.permissions import GRANTS, ORGANIZATIONS_READ
from capecontrol.features.organizations.routes import router

FEATURE = Feature(
    name="organizations",
    models=(models,),
    routers=(router,),
    grants=GRANTS,
    path_objects=(PathObject("org_id", "organization", OrganizationDao),),
    topics={Topic.ORGANIZATIONS: ORGANIZATIONS_READ},
    audit_areas=AUDIT_AREAS,
)
