"""Logs: one JSON object a line, with the request's id, who acts and for whom, and without secrets."""

import logging
import re
from functools import lru_cache
from typing import Any

import structlog
from structlog.typing import EventDict

from capecontrol.core.actor import Actor

#: Keys whose values never reach a log, whoever passes them.
_SECRET_KEYS = re.compile(r"(?i)pass(word|phrase)?|secret|token|authorization|cookie|api[_-]?key|signature|credential")
_REDACTED = "[redacted]"


def caller_context(actor: Actor) -> dict[str, str]:
    """Return what lines of the log say of whoever acts: ids only, so that a log holds no names and no addresses."""
    who = actor.label if actor.key or actor.id is None else str(actor.id)
    org_id = actor.org_id or (actor.key.only_org_id if actor.key else None)
    context = {"actor": f"{actor.kind}:{who}" if who else str(actor.kind)}
    return context if org_id is None else {**context, "org_id": str(org_id)}


def bind_caller(actor: Actor) -> None:
    """Let all lines of this request say who acts, from now on."""
    structlog.contextvars.bind_contextvars(**caller_context(actor))


def redact(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Replace the values of telling keys, at any depth (a structlog processor)."""
    return {key: _clean(key, value) for key, value in event.items()}


def _clean(key: str, value: Any) -> Any:
    if _is_telling(key):
        return _REDACTED
    if isinstance(value, dict):
        return {inner: _clean(str(inner), item) for inner, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean("", item) for item in value]
    return value


@lru_cache(maxsize=1000)
def _is_telling(key: str) -> bool:
    return _SECRET_KEYS.search(key) is not None


def configure_logging(level: str = "INFO") -> None:
    """Send all logs of the process, ours and the libraries', to standard output as JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    structlog.configure(
        # First what nobody will read is left out: a line that is made costs as much as a statement to the database.
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("uvicorn.access", "fontTools", "weasyprint", "botocore", "httpx"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
