"""The name of an environment: names are unique."""

from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.models import N8nEnvironment


async def check_name_is_free(work: UnitOfWork, name: str, environment: N8nEnvironment | None = None) -> None:
    """Check that no other environment has a name.

    Raises:
        Invalid: another one has it.
    """
    if await EnvironmentDao(work).has_name(name, besides=environment.id if environment else None):
        raise name_taken()


def name_taken() -> Invalid:
    """Return the refusal of a name that another environment has."""
    return Invalid(errors=[FieldError("/name", "Another n8n server already has this name. Choose a different one.")])
