"""Addresses of Redis: what is accepted, a client takes; what is not, is refused in words before anything starts."""

from pathlib import Path

import pytest
from redis import Redis

from capecontrol.main.broker import broker_url
from capecontrol.main.redis_address import RedisAddress, RedisAddressRefused

ACCEPTED = {
    "redis://cache.example": 0,
    "redis://cache.example/": 0,
    "redis://cache.example:6380/3": 3,
    "redis://user:p%40ss@cache.example/2": 2,
    "redis://[fd00::6]:6379": 0,
    "redis://cache.example?db=4": 4,
    "rediss://:secret@cache.example/1?ssl_cert_reqs=none&ssl_check_hostname=false": 1,
    "rediss://cache.example?username=us%26&password=p%25ss": 0,
    "rediss://cache.example?ssl_ca_path=/": 0,
    "unix:///run/valkey.sock": 0,
    "unix://user:secret@/run/valkey.sock?db=5": 5,
}

REFUSED = {
    "cache.example:6379": "is no address",
    "http://cache.example": "is no address",
    "redis://": "is no address",
    "redis://cache.example:six": "is no address",
    "redis://cache.example:0": "is no address",
    "redis://[::1": "is no address",
    "unix://": "is no address",
    "unix:/run/valkey.sock": "is no address",
    "redis://cache.example/x": "must end in the number",
    "redis://cache.example/-1": "must end in the number",
    "redis://cache.example/1/2": "must end in the number",
    "redis://cache.example/1?db=2": "names its database twice",
    "redis://cache.example?db=x": "db must be the number",
    "redis://cache.example?db=1&db=2": "has db twice",
    "redis://cache.example?nonsense=1": "has an unknown parameter: known are db, username, password",
    "redis://default:12#tail@cache.example/0": "is no address",
    "redis://cache.example/" + "9" * 5000: "must end in the number",
    "rediss://cache.example?ssl_ca_certs=" + "a" * 5000: "must be a file that is there",
    "redis://cache.example?ssl_cert_reqs=none": "begins with rediss://",
    "rediss://cache.example?ssl_check_hostname=perhaps": "must be true or false",
    "rediss://cache.example?ssl_ca_certs=/nowhere.pem": "must be a file that is there",
    "rediss://cache.example?ssl_ca_path=" + "a" * 5000: "must be a folder that is there",
    "rediss://cache.example?ssl_ca_path=/nowhere": "must be a folder that is there",
    "redis://cache.example?password=": "password must be a password",
}


def _taken(url: str) -> dict[str, object]:
    """Return what a client makes of an address; it would fail here on whatever it does not know."""
    with Redis.from_url(url) as client:
        connection = client.connection_pool.make_connection()
    return {name: getattr(connection, name, None) for name in ("db", "host", "port", "path", "username", "password")}


@pytest.mark.parametrize(("url", "database"), ACCEPTED.items())
def test_a_client_takes_what_is_accepted(url: str, database: int) -> None:
    address = RedisAddress.parse(url)
    assert address.database == database
    asked = _taken(url)
    assert asked["db"] == database
    assert _taken(address.at(7)) == asked | {"db": 7}
    assert _taken(broker_url(url)) == asked | {"db": database + 1}


@pytest.mark.parametrize(("url", "words"), REFUSED.items())
def test_what_a_client_would_fail_on_is_refused(url: str, words: str) -> None:
    with pytest.raises(RedisAddressRefused, match=words):
        RedisAddress.parse(url)


@pytest.mark.parametrize(
    "url",
    ["redis://default:1234?s3cr3t@cache.example/0", "rediss://cache.example?password=ab&s3cr3t", "redis://x#s3cr3t"],
)
def test_no_part_of_a_password_is_told(url: str) -> None:
    """Whoever does not escape one writes a parameter."""
    with pytest.raises(RedisAddressRefused) as refused:
        RedisAddress.parse(url)
    assert "s3cr3t" not in str(refused.value)


def test_a_certificate_that_is_there_is_accepted(tmp_path: Path) -> None:
    authority = tmp_path / "authority.pem"
    authority.touch()
    address = RedisAddress.parse(f"rediss://cache.example?ssl_ca_certs={authority}")
    assert address.parameters == {"ssl_ca_certs": str(authority)}
    assert RedisAddress.parse(address.at(1)).parameters == address.parameters
