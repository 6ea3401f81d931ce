"""Organizations as a file: what stands in its columns."""

from capecontrol.core.export.column import Column
from capecontrol.core.export.csv_list import CsvList
from capecontrol.features.organizations.dao import ORGANIZATIONS
from capecontrol.features.organizations.models import Organization

ORGANIZATIONS_CSV = CsvList(
    "organizations",
    ORGANIZATIONS,
    Column.text("name", Organization.name),
    Column.text("domain", Organization.domain),
    Column.own("plan", Organization.plan),
    Column.own("status", Organization.status),
    Column.moment("created_at", Organization.created_at),
    Column.own("id", Organization.id),
    area="organization",
)
