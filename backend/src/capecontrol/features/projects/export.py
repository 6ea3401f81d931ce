"""Projects as a file: what stands in its columns."""

from capecontrol.core.export.column import Column
from capecontrol.core.export.csv_list import CsvList
from capecontrol.features.organizations.interface import organization_to_join
from capecontrol.features.projects.dao import PROJECTS, proposal_status_shown
from capecontrol.features.projects.models import Project

_ORGANIZATION = organization_to_join(Project.org_id)

PROJECTS_CSV = CsvList(
    "projects",
    PROJECTS,
    Column.text("code", Project.code),
    Column.text("title", Project.title),
    Column.own("status", Project.status),
    Column.own("proposal_status", proposal_status_shown()),
    Column.text("organization", _ORGANIZATION.c.name),
    Column.moment("created_at", Project.created_at),
    Column.moment("updated_at", Project.updated_at),
    Column.own("id", Project.id),
    area="project",
    joins=[_ORGANIZATION],
)
