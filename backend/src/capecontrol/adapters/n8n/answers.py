"""Reading what n8n answers: never trusted to have the shape that it should."""

import base64
import binascii
import json
import re
from datetime import UTC, datetime

from pydantic import JsonValue

from capecontrol.features.workflows.ports import EngineExecution, EngineExecutionStatus, EngineRejected

_NOT_N8N = "The answer didn't come from n8n's API. Check the server's address, and that its API is turned on."
#: How much of n8n's own sentence is passed on.
SENTENCE_MAX = 300

_STATUS = {
    "new": EngineExecutionStatus.RUNNING,
    "running": EngineExecutionStatus.RUNNING,
    "waiting": EngineExecutionStatus.WAITING,
    "success": EngineExecutionStatus.SUCCESS,
    "error": EngineExecutionStatus.ERROR,
    "canceled": EngineExecutionStatus.CANCELED,
    "crashed": EngineExecutionStatus.CRASHED,
    "unknown": EngineExecutionStatus.CRASHED,
}
_CONFIGURATION = re.compile(r'name="n8n:config:sentry"\s+content="([A-Za-z0-9+/=]{1,4000})"', re.ASCII)
_RELEASE = re.compile(r"n8n@([0-9A-Za-z.+-]{1,40})", re.ASCII)


def not_n8n() -> EngineRejected:
    """Return the refusal of an answer that n8n's API would not have given."""
    return EngineRejected(_NOT_N8N, fact="The answer did not come from n8n's API")


def json_of(body: bytes) -> JsonValue:
    """Return a body's JSON, or None where it is not JSON."""
    try:
        parsed: JsonValue = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return parsed


def object_of(body: bytes) -> dict[str, JsonValue]:
    """Return a body's JSON object.

    Raises:
        EngineRejected: it is none.
    """
    parsed = json_of(body)
    if not isinstance(parsed, dict):
        raise not_n8n()
    return parsed


def text_member(value: dict[str, JsonValue], name: str) -> str | None:
    """Return a member as text (n8n gives some ids as numbers), or None."""
    member = value.get(name)
    if isinstance(member, str):
        return member
    return str(member) if isinstance(member, int) and not isinstance(member, bool) else None


def items_of(body: bytes) -> list[dict[str, JsonValue]]:
    """Return the objects of a list answer (``{"data": [...]}``)."""
    data = object_of(body).get("data")
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def sentence_of(body: bytes) -> str:
    """Return n8n's own message, in one line and shortened; '' where there is none."""
    parsed = json_of(body)
    message = parsed.get("message") if isinstance(parsed, dict) else None
    if not isinstance(message, str):
        return ""
    line = " ".join("".join(c if c.isprintable() else " " for c in message).split())
    return line if len(line) <= SENTENCE_MAX else f"{line[: SENTENCE_MAX - 1]}…"


def release_of(page: bytes) -> str | None:
    """Return the version that the editor's page carries, or None.

    The public API does not tell it, and ``/rest/settings`` only to signed-in people; the page's configuration for
    error reports does (observed on 1.123.81).
    """
    found = _CONFIGURATION.search(page.decode("utf-8", "replace"))
    if found is None:
        return None
    try:
        configuration = base64.b64decode(found.group(1), validate=True).decode("utf-8", "replace")
    except binascii.Error:
        return None
    release = _RELEASE.search(configuration)
    return release.group(1) if release else None


def moment_of(value: JsonValue) -> datetime | None:
    """Return a time, aware, in UTC, or None."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def execution_of(value: dict[str, JsonValue]) -> EngineExecution:
    """Return a run from the object that describes it, with or without its data."""
    return EngineExecution(
        id=text_member(value, "id") or "",
        status=_STATUS.get(str(value.get("status")), EngineExecutionStatus.CRASHED),
        started_at=moment_of(value.get("startedAt")),
        finished_at=moment_of(value.get("stoppedAt")),
        error_message=_error_message(value),
        run_id=_run_id(value),
    )


def _member(value: JsonValue, *path: str | int) -> JsonValue:
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and len(value) > step else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _error_message(value: dict[str, JsonValue]) -> str | None:
    error = _member(value, "data", "resultData", "error")
    message = _member(error, "message")
    if not isinstance(message, str) or not message:
        return None
    node = _member(error, "node", "name")
    line = f"{node}: {message}" if isinstance(node, str) else message
    return sentence_of(json.dumps({"message": line}).encode()) or None


def _run_id(value: dict[str, JsonValue]) -> str | None:
    """Return what the trigger's body carried: of a run under way it waits on the stack, later it is its data."""
    runs = _member(value, "data", "resultData", "runData")
    stack = _member(value, "data", "executionData", "nodeExecutionStack")
    entries = [_member(run, 0) for run in runs.values()] if isinstance(runs, dict) else []
    for entry in (*entries, *(stack if isinstance(stack, list) else [])):
        found = _member(entry, "data", "main", 0, 0, "json", "body", "run_id")
        if isinstance(found, str):
            return found
    return None
