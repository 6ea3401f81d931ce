"""Crypto, version 1: hash, HMAC, generate."""

import base64
import hashlib
import hmac
import secrets
import uuid

from capecontrol.adapters.n8n.local.item import Item, JsonObject
from capecontrol.adapters.n8n.local.step import NodeFailed, Step, text_of

ALGORITHMS = {
    "MD5": "md5",
    "SHA256": "sha256",
    "SHA384": "sha384",
    "SHA512": "sha512",
    "SHA3-256": "sha3_256",
    "SHA3-384": "sha3_384",
    "SHA3-512": "sha3_512",
}


async def run(step: Step) -> list[list[Item]]:
    """Add the digest to each item, under ``dataPropertyName``."""
    made = []
    for index, item in enumerate(step.items):
        parameters = await step.parameters(index)
        name = text_of(parameters.get("dataPropertyName"), "data")
        made.append(Item({**item.json, name: _result(parameters)}, source=item))
    return [made]


def _result(parameters: JsonObject) -> str:
    action = text_of(parameters.get("action"), "hash")
    if action == "generate":
        return _generated(parameters)
    algorithm = ALGORITHMS.get(text_of(parameters.get("type"), "MD5"))
    if algorithm is None or action not in ("hash", "hmac"):
        raise NodeFailed(f"The local n8n's Crypto node does not know {action} {parameters.get('type')}")
    value = text_of(parameters.get("value")).encode()
    if action == "hmac":
        digest = hmac.new(text_of(parameters.get("secret")).encode(), value, algorithm).digest()
    else:
        digest = hashlib.new(algorithm, value, usedforsecurity=False).digest()
    return base64.b64encode(digest).decode() if parameters.get("encoding") == "base64" else digest.hex()


def _generated(parameters: JsonObject) -> str:
    kind = text_of(parameters.get("encodingType"), "uuid")
    length = parameters.get("stringLength")
    size = length if isinstance(length, int) and 0 < length <= 4096 else 32
    match kind:
        case "uuid":
            return str(uuid.uuid4())
        case "hex":
            return secrets.token_hex(size)[:size]
        case "base64":
            return base64.b64encode(secrets.token_bytes(size)).decode()[:size]
        case _:
            return secrets.token_urlsafe(size)[:size]
