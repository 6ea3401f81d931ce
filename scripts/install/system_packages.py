"""What the operating system brings: libraries, a font, a browser for the tests."""

import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from install.checkout import VENV_PYTHON
from install.missing import MissingError, say

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_SUFFIXES = (".ttf", ".otf", ".ttc")
HOMEBREW_LIBRARIES = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
PLAYWRIGHT_BROWSERS = ".cache/ms-playwright"


@dataclass(frozen=True)
class SystemPart:
    """Something that only the system's package manager installs."""

    what: str
    reason: str
    debian: tuple[str, ...]
    homebrew: str


def install_system_packages(*, with_browser: bool) -> None:
    """Install what is missing as root on Debian and Ubuntu; elsewhere raise the sentence with the command."""
    parts = missing_parts(with_browser=with_browser)
    if not parts:
        return
    needs = "; ".join(f"{part.what}, {part.reason}" for part in parts)
    packages = sorted({package for part in parts for package in part.debian})
    if sys.platform == "darwin":
        formulas = " ".join(sorted({part.homebrew for part in parts}))
        raise MissingError(f"Missing: {needs}. `brew install {formulas}` installs it.")
    if not shutil.which("apt-get"):
        raise MissingError(f"Missing: {needs}. Install it with your package manager.")
    if "chromium" in packages and _distribution() == "ubuntu":
        # Ubuntu's package only points to a snap, which does not start everywhere.
        raise MissingError(
            "Missing: Chromium, to test the pages in a browser. `pipx run playwright install --with-deps chromium` "
            "brings one, or set CHROMIUM to the path of yours."
        )
    if os.geteuid() != 0:
        update = "" if _has_package_lists() else "sudo apt-get update && "
        raise MissingError(f"Missing: {needs}. `{update}sudo apt-get install {' '.join(packages)}` installs it.")
    say(f"Installing system packages: {' '.join(packages)} ({needs}).")
    _apt_install(packages)


def missing_parts(*, with_browser: bool) -> list[SystemPart]:
    """List what is not there."""
    parts = []
    if not VENV_PYTHON.exists() and not _has_venv():
        parts.append(
            SystemPart("Python's venv", "to keep Python packages apart from yours", (_venv_package(),), "python")
        )
    if not _has_pango():
        packages = ("libpango-1.0-0", "libpangoft2-1.0-0")
        parts.append(SystemPart("Pango", "to lay out PDF documents", packages, "pango"))
    if not _has_fonts():
        parts.append(SystemPart("a font", "to write PDF documents with", ("fonts-dejavu-core",), "font-dejavu"))
    if with_browser and sys.platform == "linux" and not _has_library("libatomic.so.1"):
        parts.append(SystemPart("libatomic", "which Playwright's Node is linked to", ("libatomic1",), "gcc"))
    if with_browser and find_browser() is None:
        parts.append(SystemPart("Chromium", "to test the pages in a browser", ("chromium",), "--cask chromium"))
    return parts


def find_browser() -> str | None:
    """Find a Chromium: CHROMIUM, the search path, or where macOS and Playwright put theirs."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    installed = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if installed:
        return installed
    fetched = sorted((Path.home() / PLAYWRIGHT_BROWSERS).glob("chromium-*/chrome-linux*/chrome"))
    return next((str(path) for path in (*MAC_BROWSERS, *reversed(fetched)) if path.exists()), None)


def _has_venv() -> bool:
    return all(importlib.util.find_spec(module) is not None for module in ("venv", "ensurepip"))


def _venv_package() -> str:
    is_system_python = Path("/usr/bin/python3").resolve() == Path(sys.executable).resolve()
    return "python3-venv" if is_system_python else f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def _has_pango() -> bool:
    names = ("libpango-1.0", "libpangoft2-1.0")
    if sys.platform == "darwin":
        return all(any(any(folder.glob(f"{name}*.dylib")) for folder in HOMEBREW_LIBRARIES) for name in names)
    return all(_has_library(f"{name}.so.0") for name in names)


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_fonts() -> bool:
    if sys.platform == "darwin":
        return True
    for folder in FONT_FOLDERS:
        for _, _, names in os.walk(Path(folder).expanduser()):
            if any(name.lower().endswith(FONT_SUFFIXES) for name in names):
                return True
    return False


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("ID", "")
    except OSError:
        return ""


def _has_package_lists() -> bool:
    return any(Path("/var/lib/apt/lists").glob("*_Packages*"))


def _apt_install(packages: list[str]) -> None:
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if _has_package_lists() and _apt(install).returncode == 0:
        return
    # There are no package lists, or they name versions that are gone.
    for step in (["apt-get", "update"], install):
        answer = _apt(step)
        if answer.returncode != 0:
            raise MissingError(f"`{' '.join(step)}` failed:\n{answer.stdout.strip()[-2000:]}")


def _apt(command: list[str]) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
