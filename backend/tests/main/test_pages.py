"""The built front end: its page for every address of its own, and for none of an API."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from capecontrol.core.http.body_bounds import BodyBounds
from capecontrol.core.http.errors import install_error_handlers
from capecontrol.core.http.middleware import RequestContext
from capecontrol.main.http.pages import Pages
from tests.plain_http import send


@pytest.fixture
def product(app: FastAPI) -> FastAPI:
    """The product, which counts."""
    return app


@pytest.fixture
def site(tmp_path: Path, product: FastAPI) -> FastAPI:
    """An application without routes, before a front end of one page."""
    (tmp_path / "index.html").write_text("<title>CapeControl</title>")
    app = FastAPI(redirect_slashes=False)
    app.state.http = product.state.http
    app.router.default = Pages(tmp_path)
    install_error_handlers(app)
    app.add_middleware(RequestContext, body=BodyBounds(1000), is_production=True)
    return app


@pytest.mark.parametrize("path", ["/", "/projects", "/v10", "/metricsx", "/apis"])
async def test_every_other_address_is_the_front_ends(path: str, site: FastAPI) -> None:
    answer = await send(site, "GET", path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("tail", ["", "/", "/nothing"])
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api", "application/problem+json"),
        ("/v1", "application/problem+json"),
        ("/ofrep", "application/json"),
        ("/oauth2", "application/json"),
        ("/scim", "application/scim+json"),
        ("/metrics", "application/problem+json"),
        ("/.well-known", "application/problem+json"),
    ],
)
async def test_a_wrong_address_of_an_api_is_404_in_its_own_format(
    path: str, kind: str, tail: str, site: FastAPI
) -> None:
    answer = await send(site, "GET", path + tail)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (404, kind)
