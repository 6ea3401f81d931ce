"""Connect n8n servers, change and check them."""

import uuid
from dataclasses import dataclass

from capecontrol.core.audit import Outcome
from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.workflows.dao import EnvironmentDao, InstanceDao
from capecontrol.features.workflows.errors import EnvironmentInUse
from capecontrol.features.workflows.models import N8nEnvironment
from capecontrol.features.workflows.ports import (
    AutomationEngine,
    EngineAddressRefused,
    EngineConnection,
    EngineError,
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a check went. ``failure`` is '' when the engine answered."""

    version: str | None
    failure: str


def plain_address(engine: AutomationEngine, base_url: str) -> str:
    """Return an address in its plain form.

    Raises:
        Invalid: it may not be called.
    """
    try:
        return engine.vet(base_url)
    except EngineAddressRefused as refusal:
        raise Invalid(errors=[FieldError("/base_url", str(refusal))]) from None


async def check_connection(engine: AutomationEngine, connection: EngineConnection) -> CheckResult:
    """Ask the engine; takes up to its deadline, so never within a unit of work."""
    try:
        return CheckResult((await engine.check(connection)).version, "")
    except EngineError as error:
        return CheckResult(None, str(error))


def connection_of(work: UnitOfWork, environment: N8nEnvironment) -> EngineConnection:
    """Return an environment's address with its opened key."""
    return EngineConnection(environment.base_url, work.keyring.open(environment.api_key_sealed))


async def check_name_is_free(work: UnitOfWork, name: str, environment: N8nEnvironment | None = None) -> None:
    """Check that no other environment has a name.

    Raises:
        Invalid: another one has it.
    """
    if await EnvironmentDao(work).has_name(name, besides=environment.id if environment else None):
        raise _name_taken()


def _name_taken() -> Invalid:
    return Invalid(errors=[FieldError("/name", "Another environment has this name.")])


async def connect_environment(
    units: Units, engine: AutomationEngine, *, name: str, base_url: str, api_key: str, is_active: bool
) -> N8nEnvironment:
    """Check a connection and store it, with how the check went; a server that does not answer yet is stored too.

    In phases: the engine is asked with no transaction open. An attempt that finds what an earlier one made ends there.

    Raises:
        Invalid: the address may not be called, or the name is taken.
    """
    async with units.open() as work:
        made = await EnvironmentDao(work).get(units.operation_id)
        if made is not None:
            return made
        await check_name_is_free(work, name)
    connection = EngineConnection(plain_address(engine, base_url), api_key)
    checked = await check_connection(engine, connection)
    async with units.open() as work:
        return await _add(work, units.operation_id, name, connection, checked, is_active=is_active)


async def check_environment(units: Units, engine: AutomationEngine, environment_id: uuid.UUID) -> N8nEnvironment:
    """Ask a server who it is, with the stored key, and keep how it went.

    Raises:
        NotFound: there is no such environment.
    """
    async with units.open() as work:
        connection = connection_of(work, await EnvironmentDao(work).require(environment_id))
    checked = await check_connection(engine, connection)
    async with units.open() as work:
        row = await EnvironmentDao(work).require(environment_id)
        await _keep_check(work, row, checked)
        return row


async def _add(
    work: UnitOfWork,
    identifier: uuid.UUID,
    name: str,
    connection: EngineConnection,
    checked: CheckResult,
    *,
    is_active: bool,
) -> N8nEnvironment:
    await check_name_is_free(work, name)
    now = work.now()
    row = N8nEnvironment(
        id=identifier,
        name=name,
        base_url=connection.base_url,
        api_key_sealed=work.keyring.seal(connection.api_key),
        is_active=is_active,
        version=checked.version,
        checked_at=now,
        check_failure=checked.failure,
        created_at=now,
        updated_at=now,
    )
    work.session.add(row)
    if not await EnvironmentDao(work).save():
        raise _name_taken()  # by somebody at the same moment
    await work.record(
        "workflow_environment.created",
        resource=("workflow_environment", row.id),
        metadata={"name": name, "base_url": connection.base_url},
    )
    return row


async def edit_environment(
    work: UnitOfWork,
    row: N8nEnvironment,
    *,
    name: str | None,
    base_url: str | None,
    api_key: str | None,
    is_active: bool | None,
) -> None:
    """Change an environment. A new address or key makes the last check's result void.

    Raises:
        Invalid: the name is taken.
    """
    changed = []
    if name is not None and name != row.name:
        await check_name_is_free(work, name, row)
        row.name = name
        changed.append("name")
    if base_url is not None and base_url != row.base_url:
        row.base_url = base_url
        changed.append("base_url")
    if api_key is not None:
        row.api_key_sealed = work.keyring.seal(api_key)
        changed.append("api_key")
    if is_active is not None and is_active != row.is_active:
        row.is_active = is_active
        changed.append("is_active")
    if "base_url" in changed or "api_key" in changed:
        row.version = row.checked_at = row.check_failure = None
    row.updated_at = work.now()
    if not await EnvironmentDao(work).save():
        raise _name_taken()  # by somebody at the same moment
    await work.record(
        "workflow_environment.updated", resource=("workflow_environment", row.id), metadata={"changed": changed}
    )


async def _keep_check(work: UnitOfWork, row: N8nEnvironment, checked: CheckResult) -> None:
    row.version, row.check_failure = checked.version, checked.failure
    row.checked_at = row.updated_at = work.now()
    await work.session.flush()
    await work.record(
        "workflow_environment.checked",
        resource=("workflow_environment", row.id),
        outcome=Outcome.FAILURE if checked.failure else Outcome.SUCCESS,
        metadata={"version": checked.version, "failure": checked.failure or None},
    )


async def delete_environment(work: UnitOfWork, row: N8nEnvironment) -> None:
    """Forget an environment and its key.

    Raises:
        EnvironmentInUse: workflows were deployed there; it can be switched off instead.
    """
    identifier, name = row.id, row.name
    is_used = await InstanceDao(work).count_in(identifier) > 0
    if not is_used:
        await work.session.delete(row)
        is_used = not await EnvironmentDao(work).save()  # somebody deployed there at the same moment
    if is_used:
        raise EnvironmentInUse("Workflows were deployed here. Switch it off instead.", allowed=["deactivate"])
    await work.record(
        "workflow_environment.deleted", resource=("workflow_environment", identifier), metadata={"name": name}
    )
