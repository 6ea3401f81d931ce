"""What happens to projects, for whoever listens."""

import uuid
from typing import ClassVar

from capecontrol.core.events import Event
from capecontrol.features.projects.lifecycle import ProjectStatus


class ProjectCreated(Event):
    """A project was made."""

    topic: ClassVar[str] = "projects.created.v1"

    project_id: uuid.UUID


class ProjectStatusChanged(Event):
    """A project moved on its way."""

    topic: ClassVar[str] = "projects.status_changed.v1"

    project_id: uuid.UUID
    from_status: ProjectStatus
    to_status: ProjectStatus
