"""A process that serves does not look through its application for garbage."""

import gc
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from fastapi import FastAPI

from capecontrol.local import api as local_api
from capecontrol.main import api
from capecontrol.main.settings import Settings


@pytest.fixture
def thawed() -> Iterator[None]:
    """Nothing is spared before the test, nor after it."""
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize(
    ("module", "served"), [(api, api.served_app), (local_api, local_api.served_app)], ids=["product", "local run"]
)
def test_what_is_built_at_the_start_is_spared(
    module: ModuleType,
    served: Callable[[], FastAPI],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    thawed: None,
) -> None:
    app = FastAPI()
    monkeypatch.setattr(module, "Settings", lambda: settings)
    monkeypatch.setattr(module, "create_app", lambda _settings: app)
    monkeypatch.setattr(module, "configure_logging", lambda _level: None)

    assert served() is app

    assert all(one is not app for one in gc.get_objects())
    assert gc.get_freeze_count() > 0
