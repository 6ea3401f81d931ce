"""The built front end: its page for every address of its own, for none of an API, and its files in their encodings."""

import base64
import gzip
import hashlib
import json
import os
from pathlib import Path

import pytest
from fastapi import FastAPI

from capecontrol.core.business import Business
from capecontrol.core.http.body_bounds import BodyBounds
from capecontrol.core.http.errors import install_error_handlers
from capecontrol.core.http.middleware import RequestContext
from capecontrol.core.ports import Ports
from capecontrol.features.business.interface import theme_css
from capecontrol.features.system.ports import Release
from capecontrol.main.http.pages.facts import PageFacts, PageHead
from capecontrol.main.http.pages.pages import Pages
from tests.plain_http import send

PAGE = "<!doctype html><html><head><title>CapeControl</title></head><body></body></html>"
SCRIPT = "assets/index-a1b2.js"
PLAIN, GZIPPED, BROTLI = b"console.log('a script')", b"the same, gzipped", b"the same, in brotli"
NOTES = {
    "scripts": ["sha256-abc="],
    "fonts": ["assets/inter-a1.woff2"],
    "document": "assets/document-a1.css",
    "routes": {
        "/$": [],
        "/projects": [],
        "/proposals/$proposalId": ["assets/proposal-a1.js"],
        "/proposals/new": ["assets/editor-a1.js", "assets/editor-a1.css"],
    },
}


@pytest.fixture
def product(app: FastAPI) -> FastAPI:
    """The product, which counts."""
    return app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A build: a page, its notes, a script in three encodings, a picture in its own."""
    (tmp_path / ".vite").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / ".vite" / "pages.json").write_text(json.dumps(NOTES))
    (tmp_path / SCRIPT).write_bytes(PLAIN)
    (tmp_path / f"{SCRIPT}.gz").write_bytes(GZIPPED)
    (tmp_path / f"{SCRIPT}.br").write_bytes(BROTLI)
    (tmp_path / "favicon.svg").write_text("<svg/>")
    return tmp_path


STYLE = ":root { --accent: #123456; }"
HEAD = PageHead(
    title="<Smith> & 'Sons'",
    style=STYLE,
    facts={"version": '{"version":"1.2.3"}', "branding": '{"name":"<Smith> & \'Sons\'"}'},
)


def told() -> PageHead:
    """What the page is told."""
    return HEAD


@pytest.fixture
def site(folder: Path, product: FastAPI) -> FastAPI:
    """An application without routes, before that front end."""
    app = FastAPI(redirect_slashes=False)
    app.state.http = product.state.http
    app.router.default = Pages(folder, told)
    install_error_handlers(app)
    app.add_middleware(RequestContext, body=BodyBounds(1000), is_production=True)
    return app


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *((path, 200) for path in ("/", "/projects", "/projects/", "/proposals/v1.2", "/index.html")),
        *((path, 404) for path in ("/v10", "/metricsx", "/apis", "/projects/1/2", "/$", "/a.b/c")),
    ],
)
async def test_every_other_address_is_the_front_ends(path: str, status: int, site: FastAPI) -> None:
    """Its page says of one that it does not know that there is nothing, and so does the status."""
    answer = await send(site, "GET", path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    again = await send(site, "GET", path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == (304 if status == 200 else 404)
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-robots-tag"] == "noindex"


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


@pytest.mark.parametrize(
    ("path", "scripts"),
    [
        ("/proposals/0199", ["assets/proposal-a1.js"]),
        ("/proposals/new", ["assets/editor-a1.js"]),
        ("/proposals/", []),
        ("/proposals/0199/more", []),
        ("/", []),
    ],
)
async def test_the_page_names_the_scripts_that_its_address_needs(path: str, scripts: list[str], site: FastAPI) -> None:
    page = (await send(site, "GET", path)).text
    assert [name for name in ("assets/proposal-a1.js", "assets/editor-a1.js") if name in page] == scripts
    assert page.count('rel="modulepreload"') == len(scripts)
    assert 'as="font" type="font/woff2" crossorigin href="/assets/inter-a1.woff2"' in page
    assert 'name="capecontrol-version" content="{&quot;version&quot;:&quot;1.2.3&quot;}"' in page
    # What an operator wrote is a text of the page, and never its markup.
    assert 'content="{&quot;name&quot;:&quot;&lt;Smith&gt; &amp; &#x27;Sons&#x27;&quot;}"' in page
    assert "<title>&lt;Smith&gt; &amp; &#x27;Sons&#x27;</title>" in page
    assert "CapeControl" not in page


async def test_the_page_is_told_of_the_business_that_there_is_now(folder: Path, site: FastAPI) -> None:
    ports = Ports()
    ports.provide(Release, Release("1.2.3", "abc", None, "production", "1", "2"))
    ports.provide(Business, Business(name="Harbour & Sons"))
    site.router.default = Pages(folder, PageFacts(ports))
    assert "Harbour &amp; Sons" in (first := (await send(site, "GET", "/login")).text)
    assert (await send(site, "GET", "/login")).text == first
    ports.provide(Business, Business(name="Northstar", accent="#7a1f3d"))
    second = await send(site, "GET", "/login")
    assert "<title>Northstar</title>" in second.text
    # The colours are there before any script or sheet is asked for, and the policy allows this text and no other.
    style = theme_css(ports.get(Business))
    assert f"<style>{style}</style>" in second.text
    assert style not in first
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in second.headers["content-security-policy"]


async def test_the_page_may_run_the_scripts_that_the_build_put_into_it_and_no_other(site: FastAPI) -> None:
    policy = (await send(site, "GET", "/projects")).headers["content-security-policy"]
    assert "script-src 'self' 'sha256-abc=';" in policy
    assert "unsafe" not in policy


async def test_the_page_is_gzipped_and_not_sent_twice(site: FastAPI) -> None:
    plain = await send(site, "GET", "/projects", headers={"Accept-Encoding": "identity"})
    zipped = await send(site, "GET", "/projects", headers={"Accept-Encoding": "br, gzip"})
    assert (zipped.headers["content-encoding"], zipped.text) == ("gzip", plain.text)
    assert zipped.headers["etag"] != plain.headers["etag"]
    assert zipped.headers["vary"] == "Accept-Encoding"
    again = await send(
        site, "GET", "/projects", headers={"Accept-Encoding": "gzip", "If-None-Match": zipped.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    # A policy stays with an answer that is taken from the browser's own store.
    assert "sha256-abc=" in again.headers["content-security-policy"]


async def test_the_next_build_is_served_without_a_restart(site: FastAPI, folder: Path) -> None:
    await send(site, "GET", "/projects")
    following = folder / "next.html"
    following.write_text(PAGE.replace("<body>", "<body>The next one"))
    following.rename(folder / "index.html")
    assert "The next one" in (await send(site, "GET", "/projects")).text


@pytest.mark.parametrize(
    ("accepted", "encoding", "bytes_sent"),
    [
        ("gzip, deflate, br, zstd", "br", BROTLI),
        ("gzip", "gzip", GZIPPED),
        ("GZIP;Q=1.0", "gzip", GZIPPED),
        ("br;q=0.5, gzip;q=0.8", "gzip", GZIPPED),
        ("br;q=0, *", "gzip", GZIPPED),
        ("*", "br", BROTLI),
        ("br;q=0, gzip;q=0", None, PLAIN),
        ("identity", None, PLAIN),
        ("identity;q=1, br;q=0.5", None, PLAIN),
        ("br;q=oops, gzip;q=1e3", None, PLAIN),
        ("deflate, zstd", None, PLAIN),
        ("", None, PLAIN),
        (",;,q=;;=", None, PLAIN),
    ],
)
async def test_a_file_is_sent_in_the_encoding_that_the_client_likes_best(
    accepted: str, encoding: str | None, bytes_sent: bytes, site: FastAPI
) -> None:
    # As it is on the wire: httpx would take a body apart that is none.
    answer = await send(site, "HEAD", f"/{SCRIPT}", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-length"] == str(len(bytes_sent))
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.content == b""


async def test_a_files_bytes_are_those_of_its_encoding(site: FastAPI, folder: Path) -> None:
    (folder / f"{SCRIPT}.gz").write_bytes(gzip.compress(PLAIN))
    answer = await send(site, "GET", f"/{SCRIPT}", headers={"Accept-Encoding": "gzip"})
    assert answer.content == PLAIN


async def test_each_encoding_has_a_tag_of_its_own(site: FastAPI) -> None:
    tags = {
        accepted: (await send(site, "HEAD", f"/{SCRIPT}", headers={"Accept-Encoding": accepted})).headers["etag"]
        for accepted in ("br", "gzip", "identity")
    }
    assert len(set(tags.values())) == 3
    for accepted, status in (("br", 304), ("gzip", 200)):
        known = {"Accept-Encoding": accepted, "If-None-Match": tags["br"]}
        assert (await send(site, "HEAD", f"/{SCRIPT}", headers=known)).status_code == status


async def test_a_part_is_a_part_of_the_plain_file(site: FastAPI) -> None:
    answer = await send(site, "GET", f"/{SCRIPT}", headers={"Accept-Encoding": "br", "Range": "bytes=0-6"})
    assert (answer.status_code, answer.content) == (206, PLAIN[:7])
    assert "content-encoding" not in answer.headers


async def test_what_was_compressed_from_another_file_is_not_sent(site: FastAPI, folder: Path) -> None:
    before = (folder / f"{SCRIPT}.br").stat().st_mtime_ns - 10**9
    os.utime(folder / f"{SCRIPT}.br", ns=(before, before))
    answer = await send(site, "HEAD", f"/{SCRIPT}", headers={"Accept-Encoding": "br"})
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("path", [f"/{SCRIPT}.br", "/assets/nothing.js", "/.vite/pages.json", "/assets/%00.js"])
async def test_what_the_server_keeps_for_itself_is_nothing(path: str, site: FastAPI) -> None:
    assert (await send(site, "GET", path)).status_code == 404


@pytest.mark.parametrize("path", ["/favicon.ico", "/sitemap.xml", "/wp-login.php", "/openapi.json/", "/.env"])
async def test_a_file_that_is_not_there_is_no_page(path: str, site: FastAPI) -> None:
    answer = await send(site, "GET", path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_without_notes_any_address_may_be_a_page(site: FastAPI, folder: Path) -> None:
    (folder / ".vite" / "pages.json").unlink()
    assert (await send(site, "GET", "/anything")).status_code == 200


@pytest.mark.parametrize("path", [f"/{SCRIPT}", "/projects", "/", "/favicon.svg"])
async def test_a_page_is_read_and_not_written_to(path: str, site: FastAPI) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        refused = await send(site, method, path)
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    asked = await send(site, "OPTIONS", path)
    assert (asked.status_code, asked.headers["allow"], asked.content) == (204, "GET, HEAD, OPTIONS", b"")


@pytest.mark.parametrize("path", ["/nowhere", "/assets/nothing.js", "/api/nothing", "/.vite/pages.json"])
@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
async def test_nothing_can_be_done_where_nothing_is(path: str, method: str, site: FastAPI) -> None:
    answer = await send(site, method, path)
    assert (answer.status_code, "allow" in answer.headers) == (404, False)


async def test_the_head_of_a_page_is_that_of_the_page(site: FastAPI) -> None:
    head = await send(site, "HEAD", "/projects", headers={"Accept-Encoding": "identity"})
    whole = await send(site, "GET", "/projects", headers={"Accept-Encoding": "identity"})
    assert (head.content, head.headers["content-length"]) == (b"", str(len(whole.content)))


async def test_a_style_is_there_for_documents_of_the_servers_own(folder: Path) -> None:
    assert Pages(folder, told).document_style == "/assets/document-a1.css"
    assert Pages(folder / "nowhere", told).document_style is None
