"""What workflows need from outside: an automation engine, and where the engine finds us again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol

from pydantic import JsonValue

#: A workflow as the engine takes it: ``name``, ``nodes``, ``connections``, ``settings``.
Definition = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class EngineConnection:
    """Where an engine is and what opens it."""

    base_url: str
    api_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What an engine says about itself. ``version`` is None where it does not tell."""

    version: str | None


@dataclass(frozen=True, slots=True)
class TriggerAck:
    """An engine's answer to a trigger. ``execution_id`` is None where the workflow does not tell it."""

    execution_id: str | None


class EngineExecutionStatus(StrEnum):
    """How a run stands at the engine. CRASHED: the engine stopped in the middle of it."""

    RUNNING = "RUNNING"
    WAITING = "WAITING"
    SUCCESS = "SUCCESS"
    ERROR = "ERROR"
    CANCELED = "CANCELED"
    CRASHED = "CRASHED"

    @property
    def is_final(self) -> bool:
        """Tell whether the run can change no more."""
        return self not in (EngineExecutionStatus.RUNNING, EngineExecutionStatus.WAITING)


@dataclass(frozen=True, slots=True)
class EngineExecution:
    """One run at the engine.

    ``run_id`` is what the trigger's body carried under that name, where the engine still has the run's data;
    ``error_message`` is the engine's sentence about a failure.
    """

    id: str
    status: EngineExecutionStatus
    started_at: datetime | None
    finished_at: datetime | None
    error_message: str | None = None
    run_id: str | None = None


class EngineError(Exception):
    """An engine did not do what was asked. The text may be shown to staff; it never holds a secret or a body.

    It may tell who sets an engine up what to do next. ``fact`` is for the audit log, whose readers do nothing about it.
    """

    reason = "The n8n server couldn't complete the request."
    #: What happened, where ``reason`` tells more than that.
    told: ClassVar[str | None] = None

    def __init__(self, reason: str | None = None, *, fact: str | None = None) -> None:
        """Carry a public sentence, and what happened where that is not all that it says."""
        super().__init__(reason or self.reason)
        self.fact = fact or (None if reason else self.told) or str(self).removesuffix(".")


class EngineUnreachable(EngineError):
    """No answer: refused by the address rules, not listening, too slow, or not speaking the protocol."""

    reason = "The n8n server couldn't be reached at this address. Check the address, and that n8n is running."
    told = "n8n could not be reached at this address"


class EngineUnauthorized(EngineError):
    """The engine refused the API key, or the key may not do this."""

    reason = "The n8n server didn't accept the API key. Create a new key in n8n and enter it here."
    told = "n8n did not accept the API key"


class EngineAddressRefused(EngineError):
    """The address may not be called: not https, a private host that the configuration does not name, an odd URL."""

    reason = "This address isn't allowed."


class EngineRejected(EngineError):
    """The engine understood and said no; the text holds its sentence, shortened."""

    reason = "The n8n server didn't accept the workflow."


class EngineObjectMissing(EngineError):
    """The engine does not know the workflow, or listens at no such webhook path."""

    reason = "The workflow no longer exists on the n8n server."


class AutomationEngine(Protocol):
    """Runs workflows. Every call ends within a total deadline and raises one of the ``EngineError`` tree.

    No call is idempotent at the engine itself, therefore ``find_workflow`` and ``list_executions`` let a caller that
    was interrupted find out what it had already done.
    """

    def vet(self, base_url: str) -> str:
        """Return the address of an engine in its plain form, without asking the network.

        Raises:
            EngineAddressRefused: it may not be called; the text says why.
        """
        ...

    async def check(self, connection: EngineConnection) -> EngineInfo:
        """Ask who the engine is, with the API key.

        Raises:
            EngineUnreachable, EngineUnauthorized, EngineRejected.
        """
        ...

    async def find_workflow(self, connection: EngineConnection, name: str) -> str | None:
        """Return the engine's id of the workflow with exactly this name, or None."""
        ...

    async def create_workflow(self, connection: EngineConnection, definition: Definition) -> str:
        """Store a new, inactive workflow and return the engine's id of it."""
        ...

    async def update_workflow(self, connection: EngineConnection, workflow_id: str, definition: Definition) -> None:
        """Replace a workflow as a whole. On an active one the change is live at once."""
        ...

    async def activate(self, connection: EngineConnection, workflow_id: str) -> None:
        """Let a workflow listen at its webhook path. Doing it twice is the same as once.

        Raises:
            EngineRejected: no trigger, a node type that the engine does not know, or a path that is taken.
        """
        ...

    async def deactivate(self, connection: EngineConnection, workflow_id: str) -> None:
        """Stop a workflow from listening. Doing it twice is the same as once."""
        ...

    async def delete(self, connection: EngineConnection, workflow_id: str) -> None:
        """Remove a workflow with its executions, active or not. One that is gone already is no error."""
        ...

    async def trigger(
        self, connection: EngineConnection, webhook_path: str, body: Mapping[str, JsonValue]
    ) -> TriggerAck:
        """Start a run by the workflow's webhook.

        Raises:
            EngineObjectMissing: nothing listens there.
            EngineRejected: the run failed before it answered.
            EngineUnreachable: no answer in time; the run may have begun.
        """
        ...

    async def get_execution(self, connection: EngineConnection, execution_id: str) -> EngineExecution | None:
        """Return a run, or None when the engine does not know it (any more)."""
        ...

    async def list_executions(
        self, connection: EngineConnection, workflow_id: str, *, limit: int = 20
    ) -> Sequence[EngineExecution]:
        """Return a workflow's latest runs, newest first, those under way among them, each with its ``run_id``."""
        ...


@dataclass(frozen=True, slots=True)
class CallbackBase:
    """The address under which engines reach this installation, without a trailing slash."""

    url: str
