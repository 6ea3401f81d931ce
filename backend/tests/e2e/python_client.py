"""A Python client that openapi-python-client generates from the document of the running API."""

import inspect
import json
import subprocess
import sys
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

_PACKAGE = "generated_client"
_CONFIG = Path(__file__).parents[3] / "docs" / "api" / "openapi-python-client.yaml"


def generate_client(address: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Generate the package from `/openapi.json`, and import it; what the generator cannot read fails the test."""
    document = folder / "openapi.json"
    document.write_text(json.dumps(httpx.get(f"{address}/openapi.json").json()))
    command = [str(Path(sys.executable).with_name("openapi-python-client")), "generate", "--path", str(document)]
    command += [
        "--output-path",
        str(folder / _PACKAGE),
        "--meta",
        "none",
        "--config",
        str(_CONFIG),
        "--fail-on-warning",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    monkeypatch.syspath_prepend(folder)
    invalidate_caches()
    return import_module(_PACKAGE)


class PythonClient:
    """Calls operations by their names, as somebody who only has the generated package."""

    def __init__(self, package: ModuleType, address: str) -> None:
        self._package, self._address = package, address
        self._client = package.Client(base_url=address)
        self._csrf = self.call("auth.get_csrf_token").csrf_token

    def close(self) -> None:
        """Close the connections."""
        self._client.get_httpx_client().close()

    def model(self, name: str, **members: Any) -> Any:
        """Return a body."""
        return getattr(import_module(f"{self._package.__name__}.models"), name)(**members)

    def sign_in(self, email: str, password: str) -> None:
        """Open a session, and go on with its token and the CSRF pair."""
        tokens = self.call("auth.login", body=self.model("LoginBody", email=email, password=password))
        self.close()
        self._client = self._package.AuthenticatedClient(
            base_url=self._address, token=tokens.access_token, cookies={"csrftoken": self._csrf}
        )

    def ask(self, operation: str, **arguments: Any) -> Any:
        """Return the whole answer of an operation (`auth.login`): status, headers, and what was parsed of it."""
        called = import_module(f"{self._package.__name__}.api.{operation}").sync_detailed
        if "x_csrf_token" in inspect.signature(called).parameters:
            arguments["x_csrf_token"] = self._csrf
        return called(client=self._client, **arguments)

    def call(self, operation: str, *, expect: int = 200, **arguments: Any) -> Any:
        """Return what the generated client made of the answer, which must have the expected status."""
        answer = self.ask(operation, **arguments)
        assert answer.status_code == expect, f"{operation}: {answer.status_code} {answer.content[:400]!r}"
        return answer.parsed
