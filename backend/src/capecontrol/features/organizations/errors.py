"""What can be refused about organizations."""

from typing import ClassVar

from capecontrol.core.problems import Conflict


class NameTaken(Conflict):
    """Another organization has the name."""

    slug: ClassVar[str] = "organizations/name-taken"
    title: ClassVar[str] = "An organization with this name already exists"
