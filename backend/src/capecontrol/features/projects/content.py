"""What people write of a project."""

from dataclasses import dataclass

from capecontrol.core.audit import digested
from capecontrol.features.projects.models import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectContent:
    """The editable part of a project, named as its columns are."""

    title: str
    description: str

    @classmethod
    def of(cls, row: Project) -> "ProjectContent":
        """Return the content that a row holds."""
        return cls(title=row.title, description=row.description)

    def told(self) -> dict[str, object]:
        """Return what the audit log keeps of it: what is long by its length and a digest."""
        return {"title": self.title, "description": digested(self.description)}
