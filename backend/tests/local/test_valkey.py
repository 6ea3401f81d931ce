from __future__ import annotations

import socket
from pathlib import Path

import pytest
import redis

from capecontrol.local.process import ProcessIdentity
from capecontrol.local.services import embedded_valkey
from capecontrol.local.valkey import EmbeddedValkey


def test_it_evicts_nothing_appends_everything_and_asks_for_its_password(home: Path) -> None:
    with embedded_valkey(home) as server, redis.Redis.from_url(server.url) as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("appendonly") == {"appendonly": "yes"}
        assert client.config_get("bind") == {"bind": "127.0.0.1"}
        with redis.Redis(port=server.port or 0) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()


def test_after_a_kill_it_comes_back_on_the_same_port_with_its_data(home: Path) -> None:
    with embedded_valkey(home) as server:
        url = server.url
        with redis.Redis.from_url(url) as client:
            client.set("word", "kept")
        server.kill()
        assert not server.is_running()
        server.start()
        assert server.url == url
        with redis.Redis.from_url(url) as client:
            assert client.get("word") == b"kept"


def test_data_password_and_port_survive_a_restart(home: Path) -> None:
    with embedded_valkey(home) as server, redis.Redis.from_url(server.url) as client:
        client.set("word", "kept")
        url = server.url
    with embedded_valkey(home) as server, redis.Redis.from_url(server.url) as client:
        assert server.url == url
        assert client.get("word") == b"kept"


def test_a_server_that_an_earlier_run_left_behind_is_stopped_first(home: Path) -> None:
    with embedded_valkey(home) as left_behind:
        identity = ProcessIdentity.of(left_behind.pid or 0)
        with embedded_valkey(home):
            assert identity is not None
            assert not identity.is_running()


def test_a_taken_port_is_left_to_whom_it_belongs(home: Path) -> None:
    with embedded_valkey(home) as server:
        port = server.port
    assert port is not None
    with socket.create_server(("127.0.0.1", port)), embedded_valkey(home) as server:
        assert server.port != port


def test_its_password_is_not_among_the_arguments_that_everybody_can_read(home: Path) -> None:
    server = EmbeddedValkey(home)
    server.start()
    try:
        arguments = Path(f"/proc/{server.pid}/cmdline").read_text()
    except FileNotFoundError:
        pytest.skip("arguments are read from /proc")
    finally:
        server.stop()
    assert server.url.split(":")[2].split("@")[0] not in arguments
