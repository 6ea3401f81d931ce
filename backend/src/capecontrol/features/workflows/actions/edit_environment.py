"""Change a connected n8n server."""

from capecontrol.core.content_tag import ExpectedTags, check_content, content_tag
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.connection import origin_of, plain_address
from capecontrol.features.workflows.dao.environments import EnvironmentDao
from capecontrol.features.workflows.environment_name import check_name_is_free, name_taken
from capecontrol.features.workflows.models import N8nEnvironment
from capecontrol.features.workflows.ports import AutomationEngine


async def edit_environment(
    work: UnitOfWork,
    engine: AutomationEngine,
    row: N8nEnvironment,
    *,
    name: str | None,
    base_url: str | None,
    api_key: str | None,
    is_active: bool | None,
    expected: ExpectedTags = None,
) -> None:
    """Change an environment. A new address or key makes the last check's result void.

    Raises:
        NotFound: somebody deleted it just now.
        PreconditionFailed: somebody changed it since it was read.
        Invalid: the address may not be called, it is another server's and its key was not sent along, or the name is
            taken.
    """
    sent = plain_address(engine, base_url) if base_url is not None else None
    # Whoever waited for another edit compares with what that one left, and keeps it where nothing else was sent.
    row = await EnvironmentDao(work).require(row.id, lock=True)
    check_content(expected, tag_of(row))
    address = row.base_url if sent is None else sent
    # Else whoever may edit, or has stolen such a session, could have the key sent to a server of their own.
    if api_key is None and origin_of(address) != origin_of(row.base_url):
        raise Invalid(
            errors=[
                FieldError("/api_key", "Enter an API key of the new server. The saved one stays with the old server.")
            ]
        )
    changed: list[str] = []
    told: dict[str, object] = {"changed": changed}
    if name is not None and name != row.name:
        await check_name_is_free(work, name, row)
        row.name = name
        changed.append("name")
    if address != row.base_url:
        told["base_url"] = {"from": row.base_url, "to": address}
        row.base_url = address
        changed.append("base_url")
    if api_key is not None:
        row.api_key_sealed = work.keyring.seal(api_key)
        changed.append("api_key")
    if is_active is not None and is_active != row.is_active:
        row.is_active = is_active
        changed.append("is_active")
    if "base_url" in changed or "api_key" in changed:
        row.version = row.checked_at = row.check_failure = None
    if not await EnvironmentDao(work).save():
        raise name_taken()  # by somebody at the same moment
    await work.record(
        "workflow_environment.updated", resource=("workflow_environment", row.id), metadata={"name": row.name, **told}
    )


def tag_of(row: N8nEnvironment) -> str:
    """Return the tag of what can be edited: a test of the connection does not change it."""
    return content_tag(row.name, row.base_url, row.is_active, row.api_key_sealed)
