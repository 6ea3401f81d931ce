"""``make fuzz``: the fuzz tests with many more requests, and their counts.

FUZZ_VALID and FUZZ_INVALID say how many requests of each kind every role sends to every operation, FUZZ_SEED which.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Run them; print the counts and the seed, which repeats the run."""
    os.environ.setdefault("FUZZ_VALID", "20")
    os.environ.setdefault("FUZZ_INVALID", "20")
    seed = os.environ.setdefault("FUZZ_SEED", str(secrets.randbelow(2**32)))
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.txt"
        os.environ["FUZZ_REPORT"] = str(report)
        options = ["-q", "--tb=short", "-p", "no:logging", "-p", "no:cacheprovider", "-p", "no:randomly"]
        code = subprocess.run([sys.executable, "-m", "pytest", "tests/fuzz", *options], check=False).returncode
        counts = report.read_text() if report.exists() else "no operation was reached\n"
    sys.stdout.write(f"\n{counts}seed {seed}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
