"""The guides: every source is published whole, links lead somewhere, a search finds what it should and harms nobody."""

import json
import re
import uuid
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi import FastAPI
from markdown_it import MarkdownIt

from capecontrol.core.ports import Ports
from capecontrol.core.rate import Rate
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main.http.guides.front_matter import Audience, GuideMistaken, split_source
from capecontrol.main.http.guides.guide import Guide, Section
from capecontrol.main.http.guides.library import DOCUMENTS, Library
from capecontrol.main.http.guides.pages import GuidePages, Look
from capecontrol.main.http.guides.search import Found, Search
from capecontrol.main.settings import Settings
from tests.client import Client
from tests.security.second_app import second_app

ROOT = Path(__file__).parents[3]
SOURCES = sorted((DOCUMENTS / "guides").glob("*.md"))
LIBRARY = Library()
CASES = json.loads(Path(__file__).with_name("guide_searches.json").read_text())
FRONT = "---\ntitle: A guide\nsummary: What it is for.\naudience: staff\norder: 1\n---\n"


class Page(HTMLParser):
    """What a test asks of a page: its elements, and what links lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.styles: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.elements.append(tag)
        self.ids += [told["id"]] if "id" in told else []
        self.links += [told["href"]] if tag == "a" else []
        self.styles += [told["href"]] if tag == "link" and told["rel"] == "stylesheet" else []


async def page_at(app: FastAPI, path: str) -> Page:
    answer = await Client(app).get(path)
    assert answer.status_code == 200, path
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Page(answer.text)


def library_of(folder: Path, **guides: str) -> Library:
    (folder / "guides").mkdir()
    for slug, body in guides.items():
        (folder / "guides" / f"{slug}.md").write_text(FRONT + body)
    return Library(folder)


def raw_html(source: str) -> list[str]:
    """Return the markup in a source: what a parser that takes it finds."""
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    every = [*tokens, *(child for token in tokens for child in token.children or ())]
    return [token.content for token in every if token.type in ("html_block", "html_inline")]


def test_every_source_is_published() -> None:
    assert len(SOURCES) > 12
    assert {file.stem for file in SOURCES} <= {guide.slug for guide in LIBRARY.guides}
    assert {guide.audience for guide in LIBRARY.guides} == set(Audience)


@pytest.mark.parametrize("source", SOURCES, ids=lambda file: file.stem)
def test_a_source_has_no_markup(source: Path) -> None:
    assert raw_html(source.read_text()) == []


@pytest.mark.parametrize("guide", LIBRARY.guides, ids=lambda guide: guide.slug)
async def test_every_guide_has_a_page(guide: Guide, app: FastAPI) -> None:
    page = await page_at(app, guide.path)
    assert page.elements.count("h1") == 1
    assert "script" not in page.elements
    assert len(page.ids) == len(set(page.ids))
    assert {heading.anchor for heading in guide.headings} <= set(page.ids)


async def test_no_link_is_dead(app: FastAPI) -> None:
    paths = ["/docs", *(guide.path for guide in LIBRARY.guides)]
    pages = {path: await page_at(app, path) for path in paths}
    # What the front end answers; `app/pages.test.ts` opens those that the back end leads to.
    elsewhere = {"/dashboard", "/help"}
    for path, page in pages.items():
        for link in page.links:
            if link.startswith(("https://", "mailto:")) or link in elsewhere:
                continue
            target, _, anchor = link.partition("#")
            target = target or path
            if target not in pages:
                assert (await Client(app).get(target)).status_code == 200, f"{path}: {link}"
            else:
                assert not anchor or anchor in pages[target].ids, f"{path}: {link}"


def interface_texts() -> Iterator[str]:
    """Yield the sources of what people read: pages, and the words of the back end."""
    for folder, kinds in (("frontend/src", (".ts", ".tsx")), ("backend/src", (".py", ".txt", ".html"))):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in kinds and "/src/api/" not in str(file) and ".test." not in file.name:
                yield file.read_text()


def begins_a_text(name: str, sources: str) -> bool:
    """Tell whether a text of the interface is this name, or begins with it: **Pay** for "Pay R 100.00"."""
    return re.search(rf"[\"'`>]\s*{re.escape(name)}(?!\w)", sources) is not None


def test_guides_name_what_is_on_the_page() -> None:
    """Bold in a guide for people is the name of something on a page: renamed there, it is wrong here."""
    sources = "\n".join(interface_texts())
    named = {
        (file.stem, " ".join(name.split()))
        for file in SOURCES
        if split_source(file.read_text())[0].audience is not Audience.OPERATOR
        for name in re.findall(r"\*\*(.+?)\*\*", file.read_text(), re.DOTALL)
    }
    assert len(named) > 50
    assert sorted((slug, name) for slug, name in named if not begins_a_text(name, sources)) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("[There](missing.md)", "missing.md leads nowhere"),
        ("[There](other.md#nothing)", "other.md#nothing leads nowhere"),
        ("[There](#nothing)", "#nothing leads nowhere"),
        ("[There](samples/none.json)", "samples/none.json leads nowhere"),
        ("[There](javascript:alert(1))", ""),
        ("# Another title", "wrong level"),
        ("## One\n\n## One", "two headings"),
    ],
)
def test_a_mistake_is_found(body: str, reason: str, tmp_path: Path) -> None:
    library = library_of(tmp_path, guide=body, other="## A heading")
    if reason:
        with pytest.raises(GuideMistaken, match=re.escape(reason)):
            _ = library.guides
    else:
        assert "href" not in library.guides[0].html


@pytest.mark.parametrize(
    "source",
    ["", "# A guide", FRONT.replace("title: A guide\n", ""), FRONT.replace("staff", "nobody"), FRONT + "---\n"[:0]],
    ids=["empty", "no front matter", "no title", "unknown audience", "whole"],
)
def test_front_matter_is_whole(source: str) -> None:
    if source == FRONT:
        assert split_source(source)[0].title == "A guide"
    else:
        with pytest.raises(GuideMistaken):
            split_source(source)


def test_markup_of_a_source_is_shown_as_text(tmp_path: Path) -> None:
    html = library_of(tmp_path, guide='<script>alert(1)</script>\n\nA <b>word</b> & "more"').guides[0].html
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("guide", LIBRARY.guides, ids=lambda guide: guide.slug)
def test_people_read_typographic_apostrophes(guide: Guide) -> None:
    prose = re.sub(r"<(code|pre)\b.*?</\1>", "", guide.html, flags=re.DOTALL)
    assert [text for text in (guide.title, guide.summary, prose) if re.search(r"\w'\w", text)] == []


def test_links_become_addresses(tmp_path: Path) -> None:
    library = library_of(tmp_path, guide="[There](other.md#a-heading), [here](#one)\n\n## One", other="## A heading")
    assert 'href="/docs/other#a-heading"' in library.guides[0].html
    assert 'href="#one"' in library.guides[0].html


def test_a_section_reads_as_a_text(tmp_path: Path) -> None:
    body = "Choose **Pay**, then\nwait.\n\n## Next\n\n- one\n- [two](other.md)\n\n| a | b |\n| - | - |\n| `c` | d |"
    sections = library_of(tmp_path, guide=body, other="").guides[0].sections
    assert [one.text for one in sections] == [
        "What it is for. Choose Pay, then wait.",
        "one · two · a · b · c · d",
    ]


@pytest.mark.parametrize("path", ["/docs", "/docs/deploy", "/docs/search.json", "/docs?q=keys"])
async def test_who_has_a_page_is_not_sent_it_again(path: str, app: FastAPI) -> None:
    client = Client(app)
    first = await client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = await client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_guide_that_is_not_there_leads_to_those_that_are(app: FastAPI) -> None:
    answer = await Client(app).get("/docs/nowhere", headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "/docs" in Page(answer.text).links


async def test_a_sample_is_downloaded_and_nothing_else(app: FastAPI) -> None:
    answer = await Client(app).get("/docs/samples/n8n-lead-capture.json")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.json()["nodes"]
    assert (await Client(app).get("/docs/samples/none.json")).status_code == 404
    for name in ("..%2Fdeploy.md", "..%5Cdeploy.md", "%2e%2e%2fdeploy.md"):
        answer = await Client(app).get(f"/docs/samples/{name}")
        assert answer.status_code == 404 or "audience:" not in answer.text


async def test_pages_run_nothing(app: FastAPI) -> None:
    for path in ("/docs", "/docs/deploy", "/docs?q=keys", "/docs/nowhere"):
        policy = (await Client(app).get(path)).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script" not in policy


async def test_the_index_searches_without_scripts(app: FastAPI) -> None:
    page = await page_at(app, "/docs?q=rotate")
    assert "/docs/rotate-secrets" in page.links
    assert "mark" in page.elements


async def test_nothing_found_says_so_and_offers_all(app: FastAPI) -> None:
    answer = await Client(app).get("/docs", params={"q": "zzzz"})
    assert "No guide mentions “zzzz”" in answer.text
    assert "/docs/deploy" in Page(answer.text).links


@pytest.mark.parametrize("query", ['"><script>alert(1)</script>', "{{ 7 * 7 }}", "x" * 8_000, "ab " * 2_000, "\u202e"])
async def test_a_hostile_query_is_only_text(query: str, app: FastAPI) -> None:
    answer = await Client(app).get("/docs", params={"q": query})
    assert answer.status_code == 200
    assert len(answer.content) < 50_000
    assert "script" not in Page(answer.text).elements
    assert "49" not in answer.text.partition("<main")[2].partition("<section")[0]


@pytest.mark.parametrize(("query", "status"), [("%00", 422), ("a%0Ab", 422), ("x" * 10_000, 400)])
async def test_what_is_no_query_is_refused(query: str, status: int, app: FastAPI) -> None:
    assert (await Client(app).get(f"/docs?q={query}")).status_code == status


def test_pages_follow_a_build() -> None:
    """The build names its files by their content: a page that was kept would ask for one that is gone."""
    style = ["/assets/document-1.css"]
    pages = GuidePages(LIBRARY, lambda: Look(style[0], ()))
    first = pages.guide("deploy")
    assert pages.guide("deploy") is first
    style[0] = "/assets/document-2.css"
    assert pages.guide("deploy") is not first


@pytest.mark.parametrize("style", ["/assets/document-1.css", None])
async def test_a_page_has_the_style_of_the_build(
    style: str | None, settings: Settings, factory: UnitOfWorkFactory, ports: Ports
) -> None:
    async with second_app(settings, factory, ports) as app:
        app.state.http.ports.provide(GuidePages, GuidePages(LIBRARY, lambda: Look(style, ())))
        page = await page_at(app, "/docs/deploy")
    assert page.styles == [*([style] if style else []), "/docs/guides.css"]


def search_of_cases() -> Search:
    guides = [
        Guide(
            slug=one["slug"],
            title=one["title"],
            summary=one["summary"],
            audience=Audience(one["audience"]),
            html="",
            headings=(),
            sections=tuple(Section(**section) for section in one["sections"]),
        )
        for one in CASES["guides"]
    ]
    return Search(guides)


def place(found: Found) -> str:
    return found.path.removeprefix("/docs/")


@pytest.mark.parametrize("case", CASES["searches"], ids=lambda case: case["query"])
def test_a_search_finds(case: dict[str, object]) -> None:
    found = search_of_cases().find(str(case["query"]))
    assert [place(one) for one in found] == case["found"], case["why"]


@pytest.mark.parametrize("case", CASES["excerpts"], ids=lambda case: f"{case['query']} in {case['of']}")
def test_an_excerpt_shows_what_was_found(case: dict[str, str]) -> None:
    found = next(one for one in search_of_cases().find(case["query"]) if place(one) == case["of"])
    assert "".join(f"[{part.text}]" if part.is_hit else part.text for part in found.excerpt) == case["excerpt"]


async def test_the_index_for_pages_has_every_section(app: FastAPI) -> None:
    answer = (await Client(app).get("/docs/search.json")).json()
    assert [guide["slug"] for guide in answer["guides"]] == [guide.slug for guide in LIBRARY.guides]
    sections = {f"{guide['slug']}#{one['anchor']}": one for guide in answer["guides"] for one in guide["sections"]}
    assert "two minutes later" in sections["rotate-secrets#rotate-a-key"]["text"]


async def test_searches_have_a_limit_of_their_own(settings: Settings, factory: UnitOfWorkFactory, ports: Ports) -> None:
    """Each goes through all guides; reading them goes on."""
    strict = settings.model_copy(update={"rate_limits": True, "limit_searches": Rate(0.01, 3)})
    async with second_app(strict, factory, ports) as limited:
        client = Client(limited, address=f"198.51.100.{uuid.uuid4().int % 250}")
        statuses = [(await client.get("/docs?q=key")).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        assert (await client.get("/docs/deploy")).status_code == 200
