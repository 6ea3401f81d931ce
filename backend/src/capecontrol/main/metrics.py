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

from capecontrol.core.db.database import Database
from capecontrol.core.metrics import POOL_IN_USE, POOL_MAX, REGISTRY
from capecontrol.main.settings import Settings

log = structlog.get_logger("metrics")

#: How many processes of one host find a port, from METRICS_PORT on: as many as an API may have, and a few more.
PORTS = 144
PORT_MAX = 65_535
#: Each has a thread. Prometheus opens one.
CONNECTIONS_MAX = 16


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    # A process that takes the port of a living one would be scraped in its place.
    allow_reuse_port = False
    allow_reuse_address = False

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._places = threading.BoundedSemaphore(CONNECTIONS_MAX)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread of its own, or close it where too many are open."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection to its end."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()


class _Quiet(WSGIRequestHandler):
    #: Of one read: who opens a connection and says nothing holds a thread no longer.
    timeout = 5

    def log_message(self, *args: Any, **named: Any) -> None:
        """Say nothing: it is asked every few seconds."""


@contextlib.contextmanager
def serving_metrics(settings: Settings, database: Database) -> Iterator[int | None]:
    """Serve the metrics of this process while the block runs, and give the port.

    Nothing when METRICS_PORT is not set, nor when no port is free: who cannot be measured works nevertheless.

    Each process has a port of its own, the first that is free from METRICS_PORT on: counters that several processes
    share would need files that every observation writes to. Prometheus adds them up.
    """
    server = None if settings.metrics_port is None else _listen(settings, settings.metrics_port)
    if server is None:
        yield None
        return
    POOL_MAX.set(database.connections_max)
    POOL_IN_USE.set_function(lambda: database.connections_in_use)
    thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    log.info("metrics.served", port=server.server_port)
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _listen(settings: Settings, first: int) -> WSGIServer | None:
    ports = [port for port in range(first, min(first + PORTS, PORT_MAX + 1)) if port != settings.port] if first else [0]
    application = _application(settings.metrics_token)
    for port in ports:
        with contextlib.suppress(OSError):
            return make_server(settings.metrics_host, port, application, server_class=_Server, handler_class=_Quiet)
    log.error("metrics.no_port_free", host=settings.metrics_host, first=ports[0], last=ports[-1])
    return None


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
