"""The images of an installation: which they are made from, and what their containers may do."""

import os
import re
import subprocess
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

DEPLOY = Path(__file__).parents[3] / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
SCRIPT = DEPLOY / "pin-images.sh"
OURS = {"api", "worker", "scheduler", "operator"}
PINNED = re.compile(r"\$\{(\w+_IMAGE):\?run `sh deploy/pin-images\.sh`\}")
IMAGES = {"NODE_IMAGE", "PYTHON_IMAGE", "TRAEFIK_IMAGE", "VALKEY_IMAGE"}
#: A registry that knows every tag, under one digest.
DIGEST = "sha256:" + "5e" * 32
REGISTRY = f"""#!/bin/sh
test "$1 $2 $3 $5 $6" = "buildx imagetools inspect --format {{{{.Manifest.Digest}}}}" && echo {DIGEST}
"""


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    return found


def test_no_image_is_named_by_its_tag_alone() -> None:
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert set(bases) == {"${NODE_IMAGE}", "${PYTHON_IMAGE}"}
    named = set()
    for name, service in services().items():
        arguments = service["build"]["args"] if name in OURS else {"image": service["image"]}
        named |= {found[1] for value in arguments.values() if (found := PINNED.fullmatch(value))}
    assert named == IMAGES


@pytest.mark.parametrize(
    ("node", "python", "code"),
    [
        (f"node:24@{DIGEST}", f"python:3.11@{DIGEST}", 0),
        ("node:24", f"python:3.11@{DIGEST}", 1),
        (f"node:24@{DIGEST}", "python:3.11", 1),
    ],
)
def test_a_build_from_an_image_that_is_not_pinned_ends(node: str, python: str, code: int) -> None:
    check = re.search(r"^RUN (for image .*?done)$", DOCKERFILE, re.MULTILINE | re.DOTALL)
    assert check
    ended = subprocess.run(
        ["/bin/sh", "-c", check[1]],
        env={"NODE_IMAGE": node, "PYTHON_IMAGE": python},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, "is not pinned by its digest" in ended.stderr) == (code, code == 1)


def pin(folder: Path, registry: str) -> "subprocess.CompletedProcess[str]":
    """Run the script as it would run in a checkout whose `docker` is `registry`."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    (programs / "docker").write_text(registry)
    (programs / "docker").chmod(0o755)
    script = folder / SCRIPT.name
    script.write_text(SCRIPT.read_text())
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(["/bin/sh", str(script)], env={"PATH": path}, capture_output=True, text=True, check=False)


def test_images_are_pinned_among_the_settings_and_pinned_again_later(tmp_path: Path) -> None:
    settings = tmp_path / ".env"
    settings.write_text("DOMAIN=portal.example\nNODE_IMAGE=node:24@sha256:old\nS3_BUCKET=documents\n")
    for _ in range(2):
        ended = pin(tmp_path, REGISTRY)
        assert ended.returncode == 0, ended.stderr
    first, second, *images = settings.read_text().splitlines()
    assert (first, second) == ("DOMAIN=portal.example", "S3_BUCKET=documents")
    assert {line.split("=")[0] for line in images} == IMAGES
    assert len(images) == len(IMAGES)
    assert all(line.endswith(f"@{DIGEST}") for line in images)
    assert settings.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("registry", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho '<no value>'\n"])
def test_without_a_registry_the_settings_stay_as_they_are(tmp_path: Path, registry: str) -> None:
    (tmp_path / ".env").write_text("DOMAIN=portal.example\n")
    assert pin(tmp_path, registry).returncode != 0
    assert (tmp_path / ".env").read_text() == "DOMAIN=portal.example\n"
    assert not (tmp_path / ".env.new").exists()


def test_the_image_tells_the_commit_that_it_was_built_from() -> None:
    last = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert "ARG BUILD_COMMIT=" in last
    assert "BUILD_COMMIT=$BUILD_COMMIT" in last
    assert "org.opencontainers.image.revision=$BUILD_COMMIT" in last
    assert {name: services()[name]["build"]["args"]["BUILD_COMMIT"] for name in OURS} == dict.fromkeys(
        OURS, "${BUILD_COMMIT:-unknown}"
    )


@pytest.mark.parametrize("name", sorted(services()))
def test_a_container_may_do_no_more_than_it_must(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "traefik" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


def test_nothing_of_ours_runs_as_root_nor_does_valkey() -> None:
    assert re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE) == ["10001"]
    assert services()["valkey"]["user"] == "valkey"


def test_whatever_works_in_the_background_says_whether_it_lives() -> None:
    assert {name for name, service in services().items() if "healthcheck" in service} == {
        "api",
        "worker",
        "scheduler",
        "valkey",
    }


def test_nobody_connects_with_less_than_tls_1_3() -> None:
    # A file of Traefik is a Go template; its braces stand within quotes, so that it is YAML as well.
    routes = yaml.safe_load((DEPLOY / "traefik" / "routes.yaml").read_text())
    assert routes["tls"]["options"]["default"]["minVersion"] == "VersionTLS13"
    assert [router["entryPoints"] for router in routes["http"]["routers"].values()] == [["websecure"]]


def test_the_image_holds_neither_history_nor_tests_nor_settings() -> None:
    left_out = (DEPLOY.parent / ".dockerignore").read_text().splitlines()
    assert {".git", "backend/tests", "**/.env"} <= set(left_out)
    copied = re.findall(r"^COPY (?!--from)(\S+)", DOCKERFILE, re.MULTILINE)
    assert not {".", "./", "deploy", "deploy/", "backend", "backend/"} & set(copied)


def is_sent_to_the_builder(path: str) -> bool:
    """Tell what `.dockerignore` makes of a path: the last pattern that fits it, or a folder above it, decides."""
    parts = path.strip("/").split("/")
    with_above = [PurePosixPath("/", *parts[:count]) for count in range(1, len(parts) + 1)]
    is_sent = True
    for line in (DEPLOY.parent / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        # A relative pattern fits at any depth, as `**/` does.
        anchored = pattern.removeprefix("**/") if pattern.startswith("**/") else f"/{pattern}"
        if any(one.match(anchored) for one in with_above):
            is_sent = line.startswith("!")
    return is_sent


def test_whatever_the_image_copies_is_sent_to_the_builder() -> None:
    copied = [
        one for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for one in line.split()[:-1]
    ]
    assert "docs/api/examples" in copied
    for path in copied:
        assert (DEPLOY.parent / path).exists(), path
        assert is_sent_to_the_builder(path), path
    assert not is_sent_to_the_builder("docs/adr/0001.md")
    assert not is_sent_to_the_builder("frontend/node_modules/x")
