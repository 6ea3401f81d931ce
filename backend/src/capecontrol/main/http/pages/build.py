"""What a build of the front end says of itself."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

#: Where the build writes it (frontend/bundle/pages.ts). Nothing of this folder is served.
NOTES = Path(".vite", "pages.json")
#: The page itself: what the server shows there is the front door, unless it has none.
_ROOT = (".", "index.html")


@dataclass(frozen=True, slots=True)
class Build:
    """A build: its page, and the files that each address needs."""

    page: str
    #: Digests of the scripts that stand in the page.
    scripts: tuple[str, ...] = ()
    #: Fonts that every page shows at once.
    fonts: tuple[str, ...] = ()
    #: The style sheet of the documents that the server writes itself.
    document: str | None = None
    #: By the form of an address (`/projects/$projectId`): scripts that it needs beyond those of every page. What ends
    #: with a mere `$` is any other address, of which the page says that there is nothing.
    routes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read a build. One without notes has a page, and nothing to say of it."""
        page = (folder / "index.html").read_text()
        try:
            notes: dict[str, Any] = json.loads((folder / NOTES).read_text())
        except FileNotFoundError:
            return cls(page)
        return cls(
            page,
            scripts=tuple(notes["scripts"]),
            fonts=tuple(notes["fonts"]),
            document=notes["document"] or None,
            routes={form: tuple(files) for form, files in notes["routes"].items()},
        )

    def form_of(self, path: str) -> str | None:
        """Return the form of an address, or None for one that has none."""
        steps = path.strip("/").split("/")
        forms = (form for form in self.routes if _fits(form.strip("/").split("/"), steps))
        # A word is meant before a name: /proposals/new is no proposal.
        return min(forms, key=lambda form: form.count("$"), default=None)

    def knows(self, path: str) -> bool:
        """Tell whether there is a page at an address; a build without notes does not say, and may have any."""
        form = self.form_of(path)
        return not self.routes or path in _ROOT or (form is not None and not form.endswith("/$"))


def _fits(form: list[str], steps: list[str]) -> bool:
    return len(form) == len(steps) and all(
        (bool(step) if part.startswith("$") else part == step) for part, step in zip(form, steps, strict=True)
    )
