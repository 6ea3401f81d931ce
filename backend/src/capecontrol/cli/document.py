"""The OpenAPI document without a running server."""

from typing import Any

from cryptography.fernet import Fernet

from capecontrol.main.api import create_app
from capecontrol.main.settings import Environment, Settings


def openapi_document() -> dict[str, Any]:
    """Return the document. Nothing is connected: the addresses lead nowhere."""
    nowhere = Settings.model_validate(
        {
            "capecontrol_env": Environment.STAGING,
            "secret_key": Fernet.generate_key().decode(),
            "encryption_keys": Fernet.generate_key().decode(),
            "database_url": "postgresql://nobody@127.0.0.1:1/nothing",
            "redis_url": "redis://127.0.0.1:1",
            "smtp_url": "smtp://127.0.0.1:1",
            "stripe_secret_key": Fernet.generate_key().decode(),
            "stripe_webhook_secret": Fernet.generate_key().decode(),
        }
    )
    return create_app(nowhere).openapi()
