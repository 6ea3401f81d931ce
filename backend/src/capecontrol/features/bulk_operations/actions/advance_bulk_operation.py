"""Do a part of a bulk operation.

Each thing has its turn in units of work of its own, and the count of those that had theirs is the place at which the
next one goes on, whoever that is: a worker that dies leaves nothing half-counted. A part ends after a while, so that a
worker can be stopped between two parts and operations share the places of their lane.
"""

import time
import uuid
from dataclasses import replace
from http import HTTPStatus

import structlog

from capecontrol.core.bulk.kind import BulkKinds
from capecontrol.core.outbox.delivery import ConsumerUnknown, Delivery
from capecontrol.core.permissions import PermissionTable
from capecontrol.core.problems import Problem
from capecontrol.features.bulk_operations.actions.end_bulk_operation import end_bulk_operation
from capecontrol.features.bulk_operations.dao import BulkOperationDao, BulkSelectionDao
from capecontrol.features.bulk_operations.events import BulkPartDue
from capecontrol.features.bulk_operations.lifecycle import ACTIVE, BulkState, StopReason
from capecontrol.features.bulk_operations.record import note_progress
from capecontrol.features.bulk_operations.turn import Turn, TurnLost
from capecontrol.features.identity.interface import acting_person, has_signed_out_everywhere

log = structlog.get_logger("bulk_operations")

#: What a part takes: well below the time that a worker has when it is told to stop.
PART_SECONDS = 8.0
PART_TURNS = 200
#: How often open pages are told of the progress.
NOTE_SECONDS = 1.0
#: What fails for a reason that nobody foresaw is tried so often, then counted as failed: the others have waited.
ATTEMPTS = 3
UNEXPECTED = "Something went wrong on our side. Try it again, or contact support if it fails again."


async def advance_bulk_operation(delivery: Delivery, operation_id: uuid.UUID) -> None:
    """Give the next things of an operation their turn, and announce the next part if there is one."""
    began = noted = time.monotonic()
    for count in range(PART_TURNS):
        now = time.monotonic()
        if now - began > PART_SECONDS:
            break
        is_noted = now - noted > NOTE_SECONDS
        noted = now if is_noted else noted
        # Only the first one may have been begun by an attempt that died.
        turn = await _next_turn(delivery, operation_id, is_repeat=delivery.attempt > 1 and count == 0, notes=is_noted)
        if turn is None:
            return
        await _take(turn)
    async with delivery.completing() as work:
        await work.emit(BulkPartDue(org_id=delivery.org_id, operation_id=operation_id))


async def _next_turn(delivery: Delivery, operation_id: uuid.UUID, *, is_repeat: bool, notes: bool) -> Turn | None:
    """Return whose turn it is; None where the operation has come to its end, here or before.

    Raises:
        ConsumerUnknown: another release knows its kind.
    """
    async with delivery.phase() as work:
        dao = BulkOperationDao(work)
        operation = await dao.get(operation_id)
        if operation is None or operation.state not in ACTIVE:
            return None
        kind = delivery.ports.get(BulkKinds).by_name.get(operation.kind)
        if kind is None:
            raise ConsumerUnknown(operation.kind)
        if await dao.begin(operation_id) or notes:
            note_progress(work, operation)
        person = await acting_person(work, operation.person_id, delivery.ports.get(PermissionTable))
        if person is None:
            await end_bulk_operation(work, operation, BulkState.FAILED, StopReason.ACCOUNT_INACTIVE)
            return None
        if not person.can(kind.permission):
            await end_bulk_operation(work, operation, BulkState.FAILED, StopReason.PERMISSION_LOST)
            return None
        # Who ends all their sessions does not trust one of them, which may be the one that started this.
        if await has_signed_out_everywhere(work, operation.person_id, since=operation.created_at):
            await end_bulk_operation(work, operation, BulkState.FAILED, StopReason.SIGNED_OUT)
            return None
        position = operation.succeeded + operation.failed
        subject_id = await BulkSelectionDao(work).subject_at(operation_id, position)
        if subject_id is None:
            await end_bulk_operation(replace(work, actor=person), operation, BulkState.DONE)
            return None
        return Turn(delivery, operation_id, position, subject_id, kind, person, is_repeat)


async def _take(turn: Turn) -> None:
    """Do the act to one thing, and count how it ended.

    Raises:
        Exception: the act failed for a reason that nobody foresaw, and may be tried again.
    """
    try:
        await turn.kind.act(turn)
    except TurnLost:
        return
    except Problem as refusal:
        await turn.fail(refusal.detail, may_pass=refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR)
    except Exception:
        if turn.delivery.attempt < ATTEMPTS:
            raise
        log.exception("bulk_operation.turn_failed", kind=turn.kind.name, subject_id=str(turn.subject_id))
        await turn.fail(UNEXPECTED, may_pass=True)
    else:
        if not turn.is_completed:
            await turn.succeed()
