"""What documents say in figures is what the code does."""

import importlib
import re
from datetime import timedelta
from pathlib import Path

import pytest

from capecontrol.core.http.body_bounds import BodyBounds
from capecontrol.core.http.csrf import PAIR_TTL
from capecontrol.core.outbox.lane import Lane
from capecontrol.core.processes import ProcessKind
from capecontrol.core.rate import Rate
from capecontrol.core.rings.ring import RingName
from capecontrol.core.secret_keys.usage import EXPIRED
from capecontrol.features.identity.tokens import ACCESS_TTL
from capecontrol.main.features import event_registry
from capecontrol.main.settings import Settings

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "backend/src"
HOUR = timedelta(hours=1)


def written(value: object) -> str:
    """Return a default as one writes it into the environment."""
    return f"{value.per_second:g}:{value.burst}" if isinstance(value, Rate) else str(value)


def default(setting: str) -> float:
    value = Settings.model_fields[setting].default
    assert isinstance(value, int | float)
    return value


#: A document, a sentence of it, and what its figures are in the code.
FIGURES = [
    ("docs/reference/threat-model.md", r"or for (\d+) hours at most, the thief is the person", [ACCESS_TTL / HOUR]),
    (
        "docs/reference/threat-model.md",
        r"headers get (\d+) s, a body (\d+) s and one second more for each (\d+) KiB received, an "
        r"unread response (\d+) s",
        [
            default("request_head_seconds"),
            default("request_body_seconds"),
            BodyBounds(0).bytes_per_second / 1024,
            default("answer_seconds"),
        ],
    ),
    (
        "docs/guides/rotate-secrets.md",
        r"`tokens` is kept for (\d+) hours after it was replaced, one of `csrf` for (\d+)",
        [(ACCESS_TTL + EXPIRED) / HOUR, (PAIR_TTL + EXPIRED) / HOUR],
    ),
]


@pytest.mark.parametrize(("document", "sentence", "figures"), FIGURES)
def test_a_sentence_has_the_figures_of_the_code(document: str, sentence: str, figures: list[float]) -> None:
    found = re.search(sentence, (ROOT / document).read_text())
    assert found, f"{document} says it in other words"
    assert [float(figure) for figure in found.groups()] == figures


def test_the_reference_has_the_defaults_of_the_settings() -> None:
    told = re.findall(
        r"^\| `([A-Z_]+)` \| `?([\d.:]+)`? \|", (ROOT / "docs/reference/settings.md").read_text(), re.MULTILINE
    )
    fields = {name: written(Settings.model_fields[name.lower()].default) for name, _ in told}
    assert len(told) > 10
    assert dict(told) == fields


def words_of_page(table: str) -> set[str]:
    """Return the keys of a table of words on the system page."""
    source = (ROOT / "frontend/src/features/system/texts.ts").read_text()
    found = re.search(rf"^export const {table} = {{(.*?)}};", source, re.MULTILINE | re.DOTALL)
    assert found
    return {bare or quoted for bare, quoted in re.findall(r"(?:^|[ {])(?:(\w+)|\"([^\"]+)\"): \"", found[1])}


def kinds_of(error: type[BaseException]) -> set[str]:
    return {error.__name__}.union(*(kinds_of(kind) for kind in error.__subclasses__()))


def test_the_system_page_has_words_for_what_there_is() -> None:
    assert words_of_page("lanes") == set(Lane)
    assert words_of_page("kinds") == set(ProcessKind)
    assert words_of_page("rings") == set(RingName)
    assert words_of_page("jobs") == {job.name for job in event_registry().schedule}


def test_the_reasons_of_the_system_page_are_errors_of_ours() -> None:
    """They are looked up by the name of an error's class: one that is renamed would be shown as it is."""
    reasons = words_of_page("reasons")
    assert {"MailUnavailable", "SealBroken", "KeyNotReadable"} <= reasons
    assert reasons - kinds_of(Exception) == set()


#: Errors of ports that no message can be given up for: the roots, of which only the kinds are raised, and a mistake.
NO_REASONS = {"EngineError", "GatewayError", "KeyRefused"}


def errors_of_ports() -> set[str]:
    """Return the names of the errors that a consumer may get from a port."""
    features = [
        f"capecontrol.features.{file.parent.name}.ports" for file in SOURCE.glob("capecontrol/features/*/ports.py")
    ]
    core = [f"capecontrol.core.{name}" for name in ("storage", "documents", "db.driver", "db.pool")]
    return {
        name
        for module in features + core
        for name, kind in vars(importlib.import_module(module)).items()
        if isinstance(kind, type) and issubclass(kind, Exception) and kind.__module__ == module
    }


def test_the_system_page_has_words_for_every_error_of_a_port() -> None:
    """An outage of somebody else's would be called an internal error."""
    assert errors_of_ports() - words_of_page("reasons") == NO_REASONS


def test_the_system_page_has_words_for_whatever_a_consumer_gives_up_with() -> None:
    raised = {
        text
        for file in SOURCE.rglob("*.py")
        for text in re.findall(r"raise GiveUp\((.*?)\)", file.read_text(), re.DOTALL)
    }
    assert {text.strip().strip('"') for text in raised} == words_of_page("givenUp")


#: Folders from which documents name files. ADRs tell of their day, and are left out.
PLACES = (
    "", "backend", "backend/src/capecontrol", "backend/src/capecontrol/core", "backend/src/capecontrol/features",
    "backend/tests", "bench", "frontend", "frontend/src", "frontend/src/features", "frontend/src/lib",
)  # fmt: skip
NAMED_FILE = re.compile(r"`((?!/)[\w./-]+/[\w.-]+\.(?:py|ts|tsx|mjs|js|md|html|css|json|yaml|sql|toml))`")


def documents() -> list[Path]:
    """Return the documents that maintainers read."""
    parts = [ROOT.glob("*.md"), *(ROOT.joinpath(folder).rglob("*.md") for folder in ("docs", "backend", "bench"))]
    parts += [ROOT.glob("frontend/*.md"), ROOT.glob("frontend/src/**/*.md")]
    return sorted({path for part in parts for path in part if "adr" not in path.parts})


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_that_a_document_names_is_there(document: Path) -> None:
    places = [*(ROOT / place for place in PLACES), document.parent, document.parent.parent]
    named = NAMED_FILE.findall(document.read_text())
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


#: Names in recipes that stand for what a newcomer will call theirs.
INVENTED = {"TheMail", "forget_x", "mark_x"}


def test_what_a_recipe_calls_is_there() -> None:
    recipes = (ROOT / "CONTRIBUTING.md").read_text().partition("## Recipes")[2]
    code = re.findall(r"`([^`]+)`", recipes)
    # A name alone, or what is called: `send_mail`, `await send_mail(work, …)`.
    named = {name for span in code for name in re.findall(r"^[A-Za-z_]\w+$|\b[A-Za-z_]\w+(?=\()", span)}
    files = [file for place in ("backend/src", "backend/tests", "frontend/src") for file in (ROOT / place).rglob("*.*")]
    sources = [file for file in files if file.suffix in {".py", ".ts", ".tsx", ".txt", ".html"} and file.is_file()]
    known = {word for file in sources if file != Path(__file__) for word in re.findall(r"\w+", file.read_text())}
    assert len(named) > 60
    assert named - known == INVENTED


def test_there_is_a_recipe_for_each_change_that_is_made_often() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text()
    recipes = re.findall(r"^\*\*An? ([a-z ]+)\*\*", contributing, re.MULTILINE)
    told_elsewhere = re.findall(r"^An ([a-z]+), a ([a-z]+), a ([a-z]+), a ([a-z ]+): \[", contributing, re.MULTILINE)
    often = {"feature", "query", "list", "event", "job", "activity entry", "mail", "setting", "page", "guide"}
    assert often <= set(recipes)
    assert told_elsewhere == [("endpoint", "limit", "role", "scope of keys")]
    assert "## A migration" in contributing
