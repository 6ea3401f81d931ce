"""The bare app that the product is measured against: one route, one `select 1` on a pool of eight, one dict.

What it costs is what FastAPI, uvicorn, asyncpg and the machine cost; what the product costs beyond it is ours. Held
against one address of the product, it returns the same dict: `BARE_ANSWER` names the file with it.
"""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from fastapi import FastAPI, Request

POOL = 8
#: Where no other is named: as long, and of the same members, as what `/api/auth/me` answers to a client.
ANSWER: dict[str, Any] = {
    "id": "0193a4f2-6b1e-7c55-9d0a-3f5f0a4b7c11",
    "user_id": "0193a4f2-6b1e-7c55-9d0a-3f5f0a4b7c11",
    "email": "owner@harbour.test",
    "full_name": "Thandi Nkosi",
    "role": "OWNER",
    "realm": "CLIENT",
    "status": "ACTIVE",
    "email_verified": True,
    "permissions": ["billing:pay", "billing:read", "dashboards:read", "onboarding:update", "projects:read"],
    "org_id": "0193a4f2-6b1e-7c55-9d0a-3f5f0a4b7c12",
    "organization": {"id": "0193a4f2-6b1e-7c55-9d0a-3f5f0a4b7c12", "name": "Harbour Logistics", "status": "ACTIVE"},
}
if "BARE_ANSWER" in os.environ:
    ANSWER = json.loads(Path(os.environ["BARE_ANSWER"]).read_text())


@asynccontextmanager
async def life(served: FastAPI) -> AsyncIterator[None]:
    """Hold the pool as long as the server runs."""
    async with asyncpg.create_pool(os.environ["BARE_DATABASE_URL"], min_size=POOL, max_size=POOL) as pool:
        served.state.pool = pool
        yield


app = FastAPI(lifespan=life)


@app.get("/")
async def answer(request: Request) -> dict[str, Any]:
    """Ask the database for nothing in particular, and return the dict."""
    await request.app.state.pool.fetchval("select 1")
    return ANSWER
