"""What people write of a project."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectContent:
    """The editable part of a project, named as its columns are."""

    title: str
    description: str
