"""`make audit`: asks advisory sources about every pinned dependency, and writes a bill of materials of what is shipped.

A source that does not answer is no clean bill: what was not audited is listed, and the exit code says so.
0: all was audited, and nothing is known. 1: something is known. 2: nothing is known, but not all was audited.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolbox import BACKEND, FRONTEND, ROOT, environment, npm

REQUIREMENTS = BACKEND / "requirements"
#: Of its own, since the tools bring packages that neither the product nor its tests need.
TOOLS = ROOT / ".cache" / "audit"
SBOM = ROOT / "sbom"
SECONDS = 300
NAMES_SHOWN = 5
#: What nobody here can ask about.
NEVER_ASKED = "the system packages of the container images: scan the built image with your registry's scanner"


@dataclass(frozen=True)
class Verdict:
    """What sources said of a set of packages."""

    name: str
    packages: int
    findings: tuple[str, ...] = ()
    not_audited: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Say it, the worst first."""
        lines = [f"{self.name}: {finding}" for finding in self.findings]
        if self.not_audited:
            lines.append(f"{self.name}: NOT AUDITED: {listed(self.not_audited)}")
        elif not self.findings:
            lines.append(f"{self.name}: {self.packages} packages audited, nothing known against them")
        return lines


def listed(reasons: Sequence[str]) -> str:
    """Join reasons, the first few of many."""
    more = len(reasons) - NAMES_SHOWN
    return "; ".join(reasons[:NAMES_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def read_pip_audit(name: str, output: str, packages: int) -> Verdict:
    """Judge the JSON of pip-audit, which exits with 0 even where it could ask nobody."""
    try:
        dependencies: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Verdict(name, packages, not_audited=("the advisory source gave no answer",))
    findings = tuple(
        f"{one['name']} {one['version']}: {known['id']}" for one in dependencies for known in one.get("vulns", [])
    )
    asked = sum("skip_reason" not in one for one in dependencies)
    if asked < packages:
        return Verdict(name, packages, findings, (f"{packages - asked} of {packages} packages are not known there",))
    return Verdict(name, packages, findings)


def read_npm_audit(name: str, output: str) -> Verdict:
    """Judge the JSON of `npm audit`; a registry without advisories answers with an error in it."""
    try:
        answer: dict[str, Any] = json.loads(output)
        packages = int(answer["metadata"]["dependencies"]["total"])
    except (ValueError, KeyError, TypeError):
        return Verdict(name, 0, not_audited=("the advisory source gave no answer",))
    found: dict[str, dict[str, Any]] = answer.get("vulnerabilities", {})
    return Verdict(name, packages, tuple(f"{package}: {one.get('severity')}" for package, one in sorted(found.items())))


def audit_back_end(requirement_set: str) -> Verdict:
    """Ask PyPI's advisories, and OSV where PyPI leaves something out."""
    file = REQUIREMENTS / f"{requirement_set}.txt"
    packages = sum("==" in line for line in file.read_text().splitlines())
    verdicts = []
    for source in ("pypi", "osv"):
        command = [str(TOOLS / "bin" / "pip-audit"), "-r", str(file), "--no-deps", "--disable-pip", "-s", source]
        output = run([*command, "-f", "json", "--progress-spinner", "off"], ROOT)
        verdicts.append(read_pip_audit(f"Python, {file.name}, {source}", output, packages))
        if not verdicts[-1].not_audited:
            return verdicts[-1]
    findings = tuple(sorted({finding for verdict in verdicts for finding in verdict.findings}))
    reasons = tuple(f"{verdict.name.rpartition(', ')[2]}: {listed(verdict.not_audited)}" for verdict in verdicts)
    return Verdict(f"Python, {file.name}", packages, findings, reasons)


def write_bills() -> list[str]:
    """Write a bill of materials for each side of what is shipped; answers what could not be written."""
    SBOM.mkdir(exist_ok=True)
    tool = [str(TOOLS / "bin" / "cyclonedx-py"), "requirements", "--pyproject", str(BACKEND / "pyproject.toml")]
    bills = {
        "back-end.cdx.json": run([*tool, "--output-reproducible", str(REQUIREMENTS / "runtime.txt")], BACKEND),
        "front-end.cdx.json": run(
            npm("sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev"), FRONTEND
        ),
    }
    missing = []
    for name, text in bills.items():
        try:
            count = len(json.loads(text)["components"])
        except (ValueError, KeyError):
            missing.append(f"sbom/{name} could not be written")
            continue
        (SBOM / name).write_text(text)
        print(f"sbom/{name}: {count} components", flush=True)
    return missing


def run(command: list[str], folder: Path) -> str:
    """Return what a command wrote to standard output, whatever its exit code; nothing when it hangs."""
    try:
        answer = subprocess.run(
            command, cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return ""
    return answer.stdout


def install_tools() -> None:
    """Install the tools, pinned by their hashes, unless they are there."""
    wanted, stamp = (REQUIREMENTS / "audit.txt").read_text(), TOOLS / "installed.txt"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing pip-audit and cyclonedx-bom into .cache/audit …", flush=True)
    venv.create(TOOLS, clear=True, with_pip=True)
    pip = [str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(REQUIREMENTS / "audit.txt")], check=True)
    stamp.write_text(wanted)


def conclude(verdicts: Sequence[Verdict], missing: Sequence[str]) -> int:
    """Say all of it, and what it comes to."""
    for verdict in verdicts:
        print("\n".join(verdict.sentences()))
    print(f"Never asked here: {NEVER_ASKED}")
    for sentence in missing:
        print(sentence)
    findings = sum(len(verdict.findings) for verdict in verdicts)
    unknown = [verdict.name for verdict in verdicts if verdict.not_audited]
    if findings:
        print(f"\n{findings} known weaknesses" + (f"; not audited: {', '.join(unknown)}" if unknown else ""))
        return 1
    if unknown or missing:
        print("\nNothing known, but this is NOT a clean audit: " + "; ".join([*unknown, *missing]))
        return 2
    print("\nAudited: nothing known.")
    return 0


def main() -> int:
    """Write the bills, ask about every set of packages, and conclude."""
    install_tools()
    missing = write_bills()
    verdicts = [audit_back_end("runtime"), audit_back_end("dev")]
    verdicts.append(read_npm_audit("npm", run(npm("audit", "--json", "--package-lock-only"), FRONTEND)))
    return conclude(verdicts, missing)


if __name__ == "__main__":
    sys.exit(main())
