"""One request to an application of the test process, exactly as written: no token, no cookie, no header of its own."""

from typing import Any

import httpx
from fastapi import FastAPI


async def send(
    app: FastAPI, method: str, path: str, *, key: str | None = None, address: str = "203.0.113.9", **options: Any
) -> httpx.Response:
    """Send a request, with a key as ``Authorization: Bearer`` where one is given."""
    headers = dict(options.pop("headers", None) or {})
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    transport = httpx.ASGITransport(app=app, client=(address, 40000))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        return await client.request(method, path, headers=headers, **options)
