"""What features may rely on of object storage; the same for the folder and S3."""

import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from capecontrol.adapters.storage.folder import FolderStorage
from capecontrol.adapters.storage.s3 import S3Storage
from capecontrol.adapters.storage.threads import StorageBounds
from capecontrol.core.storage import KeyRefused, ObjectMissing, ObjectStorage, StorageError


def s3(bucket: str, endpoint: str, bounds: StorageBounds | None = None) -> S3Storage:
    return S3Storage(
        bucket,
        endpoint=endpoint,
        access_key_id="test",
        secret_access_key="test",
        bounds=bounds,
    )


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    client.create_bucket(Bucket="files")
    client.close()
    yield url
    server.stop()


@pytest.fixture(params=["folder", "s3"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ObjectStorage]:
    if request.param == "folder":
        folder = FolderStorage(tmp_path / "objects")
        yield folder
        await folder.close()
    else:
        storage = s3("files", request.getfixturevalue("endpoint"))
        yield storage
        await storage.close()


async def test_what_is_put_is_got(storage: ObjectStorage) -> None:
    assert not await storage.exists("invoices/a/INV-2026-0001.pdf")
    await storage.put("invoices/a/INV-2026-0001.pdf", b"one", "application/pdf")
    assert await storage.exists("invoices/a/INV-2026-0001.pdf")
    assert await storage.get("invoices/a/INV-2026-0001.pdf") == b"one"
    await storage.put("invoices/a/INV-2026-0001.pdf", b"two", "application/pdf")
    assert await storage.get("invoices/a/INV-2026-0001.pdf") == b"two"


async def test_what_is_deleted_is_gone_and_can_be_deleted_again(storage: ObjectStorage) -> None:
    await storage.put("branding/one.png", b"one", "image/png")
    await storage.delete("branding/one.png")
    assert not await storage.exists("branding/one.png")
    await storage.delete("branding/one.png")


async def test_what_is_not_there_is_missing(storage: ObjectStorage) -> None:
    with pytest.raises(ObjectMissing):
        await storage.get("nothing/here.pdf")


BAD_KEYS = [
    "",
    "/etc/passwd",
    "../secret",
    "a/../../b",
    "a//b",
    "a/",
    "a/.hidden",
    "..",
    ".",
    "a\\b",
    "a\x00b",
    "a b",
    "a\nb",
    "ä",
    "a" * 513,
    "~/x",
]


@pytest.mark.parametrize("key", BAD_KEYS)
async def test_a_key_leads_nowhere_else(storage: ObjectStorage, key: str) -> None:
    with pytest.raises(KeyRefused):
        await storage.put(key, b"x", "text/plain")
    with pytest.raises(KeyRefused):
        await storage.get(key)
    with pytest.raises(KeyRefused):
        await storage.exists(key)


async def test_files_are_private_and_whole(tmp_path: Path) -> None:
    await FolderStorage(tmp_path / "objects").put("a/b.txt", b"x", "text/plain")
    folders = (tmp_path / "objects", tmp_path / "objects" / "a")
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700, 0o700]
    assert stat.S_IMODE((folders[1] / "b.txt").stat().st_mode) == 0o600
    assert [path.name for path in folders[1].iterdir()] == ["b.txt"]


async def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a file where a folder is needed")
    with pytest.raises(StorageError):
        await FolderStorage(tmp_path).put("a/b.txt", b"x", "text/plain")
    with pytest.raises(ObjectMissing):
        await FolderStorage(tmp_path).get("a/b.txt")


async def test_an_s3_that_is_away_is_told() -> None:
    storage = s3("files", "http://127.0.0.1:9", StorageBounds(deadline_seconds=3))
    with pytest.raises(StorageError):
        await storage.put("a.txt", b"x", "text/plain")
    await storage.close()


async def test_a_missing_bucket_is_told(endpoint: str) -> None:
    storage = s3("no-such-bucket", endpoint)
    with pytest.raises(StorageError):
        await storage.put("a.txt", b"x", "text/plain")
    await storage.close()
