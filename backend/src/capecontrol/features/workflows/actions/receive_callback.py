"""Take a workflow's signed callback."""

import hashlib
import hmac
import re
import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from capecontrol.core.changes.note import note_change
from capecontrol.core.changes.topic import Topic
from capecontrol.core.db.scope import OrganizationScope, SignInScope
from capecontrol.core.inbox.dao import InboundEventDao
from capecontrol.core.inbox.webhook import Webhook
from capecontrol.core.promised import promised
from capecontrol.core.work import UnitOfWork, Units
from capecontrol.features.workflows.actions.finish_execution import finish_execution
from capecontrol.features.workflows.dao.executions import ExecutionDao
from capecontrol.features.workflows.dao.instances import InstanceDao
from capecontrol.features.workflows.errors import CallbackRefused, TooManyRuns
from capecontrol.features.workflows.lifecycle import ExecutionStatus, is_timely
from capecontrol.features.workflows.models import Execution

#: The inbox's name of the engine.
PROVIDER = "n8n"
_SIGNATURE = re.compile(r"sha256=([0-9a-f]{64})", re.ASCII)
#: Stand for the secret of a workflow that is not there, which signs nothing, and for its organization.
_UNKNOWN = secrets.token_urlsafe(32)
_NOBODY = uuid.UUID(int=0)
_TIMESTAMP = re.compile(r"[0-9]{1,11}", re.ASCII)
#: So many runs that we did not start are taken of one workflow within an hour, one every four seconds: neither a
#: workflow that loops nor whoever has its secret fills the table.
EXTERNAL_MAX = 1000
EXTERNAL_WITHIN = timedelta(hours=1)
#: The oldest of so many leave the hour one by one: there is room again within minutes.
RETRY_SECONDS = 300


@dataclass(frozen=True, slots=True)
class ReportedRun:
    """What a workflow's callback tells of a run. ``run_id`` is our execution's id where we started it."""

    execution_id: str
    status: ExecutionStatus
    started_at: datetime | None = None
    finished_at: datetime | None = None
    error_message: str | None = None
    run_id: str | None = None


@dataclass(frozen=True, slots=True)
class ReceivedRun:
    """Which execution a callback was about, and whether what it told was known already."""

    execution_id: uuid.UUID
    is_duplicate: bool


async def verify_callback(
    units: Units, workflow_id: uuid.UUID, raw: bytes, timestamp: str, signature: str
) -> uuid.UUID:
    """Check a callback over its raw bytes, before anything reads them; return the workflow's organization.

    Raises:
        CallbackRefused: unknown workflow, wrong signature, too old, from the future: the answer is the same.
    """
    async with units.open(SignInScope()) as work:
        org_id = await InstanceDao(work).owner_of(workflow_id)
    # Looked up and computed for an unknown workflow too, so that the time does not tell it.
    secret = await _secret_of(units, org_id or _NOBODY, workflow_id)
    holds = signature_holds(secret, raw, timestamp, signature, units.clock.now())
    if org_id is None or not holds:
        raise CallbackRefused("Sign timestamp.body with the workflow's secret and a current timestamp.")
    return org_id


async def _secret_of(units: Units, org_id: uuid.UUID, workflow_id: uuid.UUID) -> str:
    async with units.open(OrganizationScope(org_id)) as work:
        instance = await InstanceDao(work).get(workflow_id)
        # To seal takes as long as to open.
        return work.keyring.seal(_UNKNOWN) if instance is None else work.keyring.open(instance.callback_secret_sealed)


def signature_holds(secret: str, raw: bytes, timestamp: str, signature: str, now: datetime) -> bool:
    """Tell whether ``sha256=`` and the HMAC-SHA256 of ``timestamp.body`` in hex hold, and the timestamp is fresh.

    Args:
        secret: the workflow's own.
        raw: the body as it came.
        timestamp: seconds since 1970, as text.
        signature: the header's value.
        now: the time to compare with; 300 seconds in both directions are fresh.
    """
    given = _SIGNATURE.fullmatch(signature)
    expected = hmac.new(secret.encode(), timestamp.encode() + b"." + raw, hashlib.sha256).hexdigest()
    is_same = hmac.compare_digest(expected, given.group(1) if given else "")
    if not is_same or not _TIMESTAMP.fullmatch(timestamp):
        return False
    return is_timely(datetime.fromtimestamp(int(timestamp), UTC), now)


async def receive_callback(work: UnitOfWork, workflow_id: uuid.UUID, callback: ReportedRun, raw: bytes) -> ReceivedRun:
    """Store what a callback tells, and put it into the inbox. One that tells nothing new leaves no trace.

    In one transaction, since that needs nothing from outside (ADR 0012). A run that ended keeps its first end. The run
    is the one whose id of ours the callback carries; else the one with the engine's id; else one that
    somebody started by the webhook, without us.

    Of a run two callbacks are kept at the most, that it began and that it ended. So what somebody with the workflow's
    secret can make us keep is bounded by the runs, and those are, too (``EXTERNAL_MAX``).
    """
    execution = await _find(work, workflow_id, callback)
    engine_id = await _free_engine_id(work, execution, callback.execution_id)
    inbox = InboundEventDao(work)
    webhook = _webhook(execution, callback, raw)
    if callback.status is not ExecutionStatus.RUNNING:
        is_new = await finish_execution(
            work,
            execution,
            status=callback.status,
            finished_at=callback.finished_at,
            error_message=callback.error_message,
            engine_execution_id=engine_id,
        )
        if is_new:
            await inbox.store(PROVIDER, webhook, is_handled=True)
    elif execution.status != ExecutionStatus.RUNNING:
        is_new = False  # it comes after the end
    else:
        is_new = await inbox.store(PROVIDER, webhook, is_handled=True) is not None
        if is_new:
            await _note_beginning(work, execution, engine_id)
    return ReceivedRun(execution_id=execution.id, is_duplicate=not is_new)


async def _note_beginning(work: UnitOfWork, execution: Execution, engine_id: str | None) -> None:
    """Keep the engine's id of a run that it reports for the first time: from then on it reports under no other."""
    if engine_id is not None:
        await ExecutionDao(work).update_where(Execution.id == execution.id, engine_execution_id=engine_id)
    await work.record(
        "execution.reported",
        resource=("execution", execution.id),
        org_id=execution.org_id,
        metadata={"workflow_id": str(execution.workflow_id), "status": str(ExecutionStatus.RUNNING)},
    )
    note_change(work, Topic.EXECUTIONS, execution.id, org_id=execution.org_id)


def _webhook(execution: Execution, callback: ReportedRun, raw: bytes) -> Webhook:
    # By our id of the run: the sender chooses the engine's, as many as it likes.
    return Webhook(
        external_id=f"{execution.workflow_id}/{execution.id}/{callback.status}",
        type=callback.status,
        payload=raw,
        occurred_at=callback.finished_at or callback.started_at,
        org_id=execution.org_id,
    )


async def _free_engine_id(work: UnitOfWork, execution: Execution, engine_execution_id: str) -> str | None:
    """Return the engine's id for a run that has none yet, unless another run of the workflow has it."""
    if execution.engine_execution_id is not None:
        return None
    holder = await ExecutionDao(work).by_engine_id(execution.workflow_id, engine_execution_id)
    return engine_execution_id if holder is None else None


async def _find(work: UnitOfWork, workflow_id: uuid.UUID, callback: ReportedRun) -> Execution:
    dao = ExecutionDao(work)
    ours = await dao.get(identifier, lock=True) if (identifier := _uuid(callback.run_id)) else None
    if (
        ours is not None
        and ours.workflow_id == workflow_id
        and ours.engine_execution_id in (None, callback.execution_id)
    ):
        return ours
    found = await dao.by_engine_id(workflow_id, callback.execution_id)
    if found is None:
        now = work.now()
        if await dao.count_external_since(workflow_id, now - EXTERNAL_WITHIN, EXTERNAL_MAX) >= EXTERNAL_MAX:
            raise TooManyRuns(
                "This workflow has reported too many runs that CapeControl didn't start. Try again later.",
                retry_after_seconds=RETRY_SECONDS,
            )
        began = callback.started_at or callback.finished_at or now
        await dao.add_external(work.org_id, workflow_id, callback.execution_id, min(began, now), now)
        found = await dao.by_engine_id(workflow_id, callback.execution_id)
    return promised(found, "the run was added in this transaction")


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
