"""What people are told of a project's own acts."""

import uuid

from capecontrol.core.activity import ActivityIcon, ActivityKind, Visibility, member
from capecontrol.core.links import Pages
from capecontrol.core.wording import Data, Wording, phrase

PAGE = Pages.project("{resource_id}")


def project_subject(project_id: uuid.UUID) -> tuple[str, uuid.UUID]:
    """Return what an entry's ``subject`` is when it is told under a project."""
    return ("project", project_id)


_STATUSES = {
    "DRAFT": "Project moved back to draft",
    "PROPOSED": "Project proposed",
    "APPROVED": "Project approved",
    "IN_PROGRESS": "Work started",
    "COMPLETED": "Project completed",
    "ARCHIVED": "Project archived",
}


def _status(data: Data) -> str:
    status = str(data.get("to", ""))
    return _STATUSES.get(status) or f"Project status: {status.replace('_', ' ').lower()}"


PROJECT_CREATED = ActivityKind(
    "project.created",
    phrase("Project created"),
    member("title"),
    members=("title",),
    page=PAGE,
    icon=ActivityIcon.PLUS,
)
PROJECT_UPDATED = ActivityKind(
    "project.updated", phrase("Project details changed"), visibility=Visibility.STAFF, page=PAGE
)
PROJECT_STATUS_CHANGED = ActivityKind(
    "project.status_changed",
    Wording(frozenset({"to"}), _status),
    member("reason"),
    members=("to", "reason"),
    page=PAGE,
    icon=ActivityIcon.FORWARD,
)

ACTIVITY = (PROJECT_CREATED, PROJECT_UPDATED, PROJECT_STATUS_CHANGED)
