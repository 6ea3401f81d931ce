"""PDFs: what is in them, and what can never get in."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import psutil
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from capecontrol.adapters.pdf.renderer import WeasyPrintRenderer
from capecontrol.adapters.pdf.renderer_process import NICENESS, begin
from capecontrol.adapters.pdf.rendering import GivenOnly
from capecontrol.core.documents import RenderFailed

PAGE = """<!doctype html><html lang="en"><head><title>Invoice INV-2026-0001</title>
<style>body { font-family: Inter } h1 { font-weight: 600 }</style></head>
<body><h1>Tax invoice</h1><p>R\u00a0110,400.00 for Łukasz</p></body></html>"""


@pytest.fixture(scope="module")
def renderer() -> Iterator[WeasyPrintRenderer]:
    renderer = WeasyPrintRenderer()
    yield renderer
    renderer.close()


async def test_a_document_keeps_its_text_its_title_and_its_typeface(renderer: WeasyPrintRenderer) -> None:
    pdf = PdfReader(BytesIO(await renderer.render(PAGE)))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Invoice INV-2026-0001"
    [page] = pdf.pages
    text = page.extract_text()
    assert "Tax invoice" in text
    assert "110,400.00" in text
    assert "Łukasz" in text
    resources = page["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    fonts = resources["/Font"].get_object()
    assert isinstance(fonts, DictionaryObject)
    for font in fonts.values():
        described = font.get_object()
        assert isinstance(described, DictionaryObject)
        assert "Inter" in str(described["/BaseFont"])


async def test_whoever_serves_comes_before_a_document() -> None:
    """On one machine they share its cores."""
    # Others of this process's tests may have a renderer, too.
    others = {one.pid for one in psutil.Process().children()}
    renderer = WeasyPrintRenderer()
    try:
        await renderer.render(PAGE)
        own = (one for one in psutil.Process().children() if one.pid not in others)
        [process] = [one for one in own if one.nice() == NICENESS]
        assert process.nice() > psutil.Process().nice()
    finally:
        renderer.close()


def test_a_process_that_already_stands_back_steps_back_further() -> None:
    """It may not come forward again, and a refusal would end the renderer."""
    script = f"import os; os.nice(15); from {begin.__module__} import begin; begin(); print(os.nice(0))"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "19"


def test_it_steps_back_once_it_has_begun() -> None:
    """Before, a machine that is busy for long would leave it a minute behind, and no document would be made."""
    script = (
        "import os, sys, types\n"
        "sys.modules['capecontrol.adapters.pdf.rendering'] = types.SimpleNamespace(warm=lambda: print(os.nice(0)))\n"
        f"from {begin.__module__} import begin; begin(); print(os.nice(0))"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    before, after = map(int, ended.stdout.split())
    assert after - before == NICENESS


class Listener(BaseHTTPRequestHandler):
    """Remembers who asked."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    server = HTTPServer(("127.0.0.1", 0), type("Handler", (Listener,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


async def test_a_document_fetches_nothing(
    renderer: WeasyPrintRenderer, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    url, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret in the file")
    html = f"""<!doctype html><html><head><title>T</title>
      <link rel="stylesheet" href="{url}/style.css"><link rel="attachment" href="{url}/file">
      <link rel="attachment" href="{secret.as_uri()}">
      <style>@import url({url}/import.css); @font-face {{ font-family: X; src: url({url}/font.woff2) }}
      body {{ background: url({url}/background.png); font-family: X }}</style></head>
      <body><img src="{url}/image.png"><img src="{secret.as_uri()}"><object data="{url}/object.svg"></object>
      <embed src="{url}/embed.svg"><svg xmlns="http://www.w3.org/2000/svg"><image href="{url}/inner.png"/></svg>
      <img src="data:text/plain,hello"><p>Stays</p></body></html>"""
    data = await renderer.render(html)
    pdf = PdfReader(BytesIO(data))
    assert asked == []
    assert "Stays" in pdf.pages[0].extract_text()
    assert not pdf.attachments
    assert b"the secret in the file" not in data


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data",
        "https://fonts.invalid/../rendering.py",
        "https://fonts.invalid/OFL.txt",
        "data:text/plain,x",
        "https://pictures.invalid/other",
        "https://pictures.invalid/../logo",
        "ftp://example.com/x",
        "",
    ],
)
def test_every_address_but_the_fonts_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="nothing from outside"):
        GivenOnly({"logo": b"a picture"})(url)


async def test_a_document_that_takes_too_long_is_given_up_and_the_next_one_works() -> None:
    renderer = WeasyPrintRenderer(deadline_seconds=12)
    await renderer.render(PAGE)
    renderer._process.deadline_seconds = 0.2
    with pytest.raises(RenderFailed):
        await renderer.render("<!doctype html><title>T</title>" + "<table><tr><td>x</table>" * 20_000)
    renderer._process.deadline_seconds = 12
    assert (await renderer.render(PAGE)).startswith(b"%PDF")
    renderer.close()
