"""The door for Prometheus: `/metrics` of one process, on a port of its own that the public never sees."""

import contextlib
import hmac
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import structlog
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from pydantic import SecretStr
from sqlalchemy.pool import QueuePool

from capecontrol.core.db.database import Database
from capecontrol.core.metrics import POOL_IN_USE, POOL_MAX, REGISTRY
from capecontrol.main.settings import Settings

log = structlog.get_logger("metrics")

#: How many processes of one host and kind find a port, from METRICS_PORT on.
PORTS = 16


class MetricsPortTaken(RuntimeError):
    """None of the ports from METRICS_PORT on is free."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    # A process that takes the port of a living one would be scraped in its place.
    allow_reuse_port = False
    allow_reuse_address = False


class _Quiet(WSGIRequestHandler):
    #: Of one read: who opens a connection and says nothing holds a thread no longer.
    timeout = 5

    def log_message(self, *args: Any, **named: Any) -> None:
        """Say nothing: it is asked every few seconds."""


@contextlib.contextmanager
def serving_metrics(settings: Settings, database: Database) -> Iterator[int | None]:
    """Serve the metrics of this process while the block runs, and give the port; nothing when METRICS_PORT is not set.

    Each process has a port of its own, the first that is free from METRICS_PORT on: counters that several processes
    share would need files that every observation writes to. Prometheus adds them up.

    Raises:
        MetricsPortTaken: too many processes want one.
    """
    if settings.metrics_port is None:
        yield None
        return
    pool = database.engine.pool
    POOL_MAX.set(database.connections_max)
    if isinstance(pool, QueuePool):
        POOL_IN_USE.set_function(pool.checkedout)
    first = settings.metrics_port
    ports = [port for port in range(first, first + PORTS) if port != settings.port] if first else [0]
    server = _listen(settings.metrics_host, ports, _application(settings.metrics_token))
    thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    log.info("metrics.served", port=server.server_port)
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _listen(host: str, ports: Sequence[int], application: Any) -> WSGIServer:
    for port in ports:
        with contextlib.suppress(OSError):
            return make_server(host, port, application, server_class=_Server, handler_class=_Quiet)
    raise MetricsPortTaken(f"METRICS_PORT: no port from {ports[0]} to {ports[-1]} is free on {host}")


def _application(token: SecretStr | None) -> Callable[[dict[str, Any], Callable[..., object]], Iterable[bytes]]:
    expected = None if token is None else f"Bearer {token.get_secret_value()}".encode()

    def answer(environ: dict[str, Any], start: Callable[..., object]) -> Sequence[bytes]:
        shown = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        if environ["PATH_INFO"] != "/metrics" or environ["REQUEST_METHOD"] != "GET":
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b"Not found\n"]
        if expected is not None and not hmac.compare_digest(shown, expected):
            start("401 Unauthorized", [("Content-Type", "text/plain"), ("WWW-Authenticate", "Bearer")])
            return [b"Show METRICS_TOKEN as a bearer token.\n"]
        start("200 OK", [("Content-Type", CONTENT_TYPE_LATEST), ("Cache-Control", "no-store")])
        return [generate_latest(REGISTRY)]

    return answer
