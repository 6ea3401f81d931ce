"""The OpenAPI document without a running server."""

import secrets
from typing import Any

from cryptography.fernet import Fernet

from capecontrol.main.api import create_app
from capecontrol.main.settings import Environment, Settings


def openapi_document() -> dict[str, Any]:
    """Return the document. Nothing is connected: the addresses lead nowhere."""
    nowhere = Settings.model_validate(
        {
            "capecontrol_env": Environment.STAGING,
            "public_url": "https://portal.example",
            "secret_key": secrets.token_urlsafe(48),
            "encryption_keys": Fernet.generate_key().decode(),
            "database_url": "postgresql://nobody@nowhere.example/nothing?sslmode=verify-full",
            "redis_url": "rediss://nowhere.example",
            "smtp_url": "smtp://nowhere.example",
            "mail_from": "nobody@nowhere.example",
            "seller_name": "Nobody",
            "seller_address": "Nowhere",
            "stripe_secret_key": f"sk_test_{secrets.token_hex(24)}",
            "stripe_webhook_secret": f"whsec_{secrets.token_urlsafe(24)}",
            "stripe_api_base": None,
        }
    )
    return create_app(nowhere).openapi()
