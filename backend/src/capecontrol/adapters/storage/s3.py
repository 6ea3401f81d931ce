"""Objects in S3, or in anything that speaks its protocol."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from capecontrol.adapters.storage.key import checked
from capecontrol.adapters.storage.threads import StorageBounds, StorageThreads
from capecontrol.core.storage import ObjectMissing, StorageError

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

T = TypeVar("T")
_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})


class S3Storage:
    """Keeps objects in one bucket. boto3 blocks, so each call runs in a thread."""

    def __init__(
        self,
        bucket: str,
        *,
        endpoint: str | None = None,
        region: str | None = None,
        access_key_id: str | None = None,
        secret_access_key: str | None = None,
        bounds: StorageBounds | None = None,
    ) -> None:
        """Take the bucket; without keys boto3 finds the machine's own identity."""
        bounds = bounds or StorageBounds()
        self._bucket = bucket
        self._threads = StorageThreads(bounds)
        self._client: S3Client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name=region or "us-east-1",
            aws_access_key_id=access_key_id,
            aws_secret_access_key=secret_access_key,
            config=Config(
                connect_timeout=bounds.deadline_seconds / 3,
                read_timeout=bounds.deadline_seconds / 3,
                max_pool_connections=bounds.threads,
                retries={"total_max_attempts": 2},
            ),
        )

    async def put(self, key: str, data: bytes, media_type: str) -> None:
        """Upload in one request, encrypted at rest."""
        checked(key)
        await self._call(
            lambda: self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=data,
                ContentType=media_type,
                ServerSideEncryption="AES256",
            )
        )

    async def get(self, key: str) -> bytes:
        """Download."""
        checked(key)
        return await self._call(lambda: self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read())

    async def exists(self, key: str) -> bool:
        """Ask for the object's head."""
        checked(key)
        try:
            await self._call(lambda: self._client.head_object(Bucket=self._bucket, Key=key))
        except ObjectMissing:
            return False
        return True

    async def delete(self, key: str) -> None:
        """Delete; S3 answers the same where nothing was."""
        checked(key)
        await self._call(lambda: self._client.delete_object(Bucket=self._bucket, Key=key))

    async def _call(self, step: Callable[[], T]) -> T:
        try:
            return await self._threads.run(step)
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _MISSING:
                raise ObjectMissing("there is no object under this key") from error
            raise StorageError(f"S3 refused: {code}") from error
        except (BotoCoreError, OSError) as error:
            raise StorageError(f"S3 did not answer: {type(error).__name__}") from error

    async def close(self) -> None:
        """Let the threads end, and close the connections."""
        self._threads.close()
        self._client.close()
