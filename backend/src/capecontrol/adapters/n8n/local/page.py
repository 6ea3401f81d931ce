"""The page at the local n8n's root: what is stored, what ran, and that this is a stand-in."""

import base64
import json
from pathlib import Path

from jinja2 import Environment

from capecontrol.adapters.n8n.local.store import Store

#: The real server whose API this one follows; ``-local`` tells them apart.
VERSION = "1.123.81-local"
EXECUTIONS_SHOWN = 50


def render(store: Store, base_url: str, api_key: str) -> str:
    """Return the page's HTML, without scripts.

    It shows the address and the key that a person types in to connect: the key opens this stand-in and nothing else.
    """
    template = Environment(autoescape=True).from_string(
        Path(__file__).with_name("page.html").read_text(encoding="utf-8")
    )
    workflows = store.workflows()
    release = json.dumps({"dsn": "", "environment": "local", "release": f"n8n@{VERSION}"})
    return template.render(
        version=VERSION,
        base_url=base_url,
        api_key=api_key,
        # Where the real one tells its version too (see answers.release_of).
        release=base64.b64encode(release.encode()).decode(),
        workflows=workflows,
        names={workflow.id: workflow.name for workflow in workflows},
        executions=store.executions()[:EXECUTIONS_SHOWN],
    )
