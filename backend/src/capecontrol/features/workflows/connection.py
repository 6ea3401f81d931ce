"""The connection to an environment's engine: its address, its key, how a check of it goes."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from capecontrol.core.problems import FieldError, Invalid
from capecontrol.core.work import UnitOfWork
from capecontrol.features.workflows.models import N8nEnvironment
from capecontrol.features.workflows.ports import AutomationEngine, EngineAddressRefused, EngineConnection, EngineError


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a check went. ``failure`` is '' when the engine answered; ``fact`` is what the audit log says of one."""

    version: str | None
    failure: str
    fact: str | None = None


def plain_address(engine: AutomationEngine, base_url: str) -> str:
    """Return an address in its plain form.

    Raises:
        Invalid: it may not be called.
    """
    try:
        return engine.vet(base_url)
    except EngineAddressRefused as refusal:
        raise Invalid(errors=[FieldError("/base_url", str(refusal))]) from None


def origin_of(base_url: str) -> tuple[str, str | None, int | None]:
    """Return scheme, host and port of an address in its plain form: what the key is sent to."""
    parts = urlsplit(base_url)
    return parts.scheme, parts.hostname, parts.port


async def check_connection(engine: AutomationEngine, connection: EngineConnection) -> CheckResult:
    """Ask the engine; takes up to its deadline, so never within a unit of work."""
    try:
        return CheckResult((await engine.check(connection)).version, "")
    except EngineError as error:
        return CheckResult(None, str(error), error.fact)


def connection_of(work: UnitOfWork, environment: N8nEnvironment) -> EngineConnection:
    """Return an environment's address with its opened key."""
    return EngineConnection(environment.base_url, work.keyring.open(environment.api_key_sealed))
