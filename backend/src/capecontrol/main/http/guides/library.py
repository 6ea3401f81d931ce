"""All guides, read from their folders."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from capecontrol.main.http.guides.front_matter import Audience, FrontMatter, GuideMistaken, split_source
from capecontrol.main.http.guides.guide import Guide
from capecontrol.main.http.guides.markdown import Document, read_markdown

#: The repository's documents, in a checkout and in the container image alike.
DOCUMENTS = Path(__file__).parents[6] / "docs"
#: Where guides are. In ``reference`` only those documents are published that have front matter.
_FOLDERS = ("guides", "reference")
#: Files that guides offer for download.
_SAMPLES = "guides/samples"
_ELSEWHERE = ("https://", "mailto:", "/")


class Library:
    """Reads and renders the guides once, when they are first asked for."""

    def __init__(self, folder: Path = DOCUMENTS) -> None:
        """Take the folder of the documents."""
        self._folder = folder

    @cached_property
    def guides(self) -> tuple[Guide, ...]:
        """Return them in reading order: by audience, then as their front matter says.

        Raises:
            GuideMistaken: a source, a link or an anchor is wrong.
        """
        read: dict[str, tuple[FrontMatter, Document]] = {}
        for file in self._files():
            try:
                front, body = split_source(file.read_text(encoding="utf-8"))
                read[file.stem] = (front, read_markdown(body))
            except GuideMistaken as error:
                raise GuideMistaken(f"{file.name}: {error}") from error
        audiences = list(Audience)
        order = sorted(read, key=lambda slug: (audiences.index(read[slug][0].audience), read[slug][0].order, slug))
        anchors = {slug: {heading.anchor for heading in document.headings} for slug, (_, document) in read.items()}
        return tuple(self._guide(slug, *read[slug], anchors) for slug in order)

    @cached_property
    def samples(self) -> Mapping[str, Path]:
        """Return the files that guides offer, by name."""
        return {file.name: file for file in sorted((self._folder / _SAMPLES).glob("*")) if file.is_file()}

    def get(self, slug: str) -> Guide | None:
        """Return a guide."""
        return next((guide for guide in self.guides if guide.slug == slug), None)

    def by_audience(self) -> dict[Audience, list[Guide]]:
        """Return the guides of each audience that has some."""
        found: dict[Audience, list[Guide]] = {}
        for guide in self.guides:
            found.setdefault(guide.audience, []).append(guide)
        return found

    def _files(self) -> Sequence[Path]:
        guides, reference = ((self._folder / name).glob("*.md") for name in _FOLDERS)
        published = (file for file in reference if file.read_text(encoding="utf-8").startswith("---\n"))
        return sorted([*guides, *published])

    def _guide(self, slug: str, front: FrontMatter, document: Document, anchors: Mapping[str, set[str]]) -> Guide:
        return Guide(
            slug=slug,
            title=front.title,
            summary=front.summary,
            audience=front.audience,
            html=document.render(lambda link: self._address(link, slug, anchors)),
            headings=document.headings,
            sections=document.sections(front.title, front.summary),
        )

    def _address(self, link: str, slug: str, anchors: Mapping[str, set[str]]) -> str:
        """Return where a link of a guide leads on the site.

        Raises:
            GuideMistaken: to nothing.
        """
        if link.startswith(_ELSEWHERE):
            return link
        file, mark, anchor = link.partition("#")
        path = Path(file)
        if path.parent.name == "samples" and path.name in self.samples:
            return f"/docs/samples/{path.name}"
        target = path.stem if file else slug
        if target not in anchors or (file and path.suffix != ".md") or (mark and anchor not in anchors[target]):
            raise GuideMistaken(f"{slug}.md: the link to {link} leads nowhere")
        page = f"/docs/{target}" if file else ""
        return f"{page}{mark}{anchor}"
