"""The cases that this house's two calculators must agree on: the server's, and the front end's ``pricing.ts``."""

import json
from pathlib import Path
from typing import Any

_FILE = json.loads((Path(__file__).parent / "vectors.json").read_text())

CASES: list[dict[str, Any]] = _FILE["cases"]
QUANTITIES: dict[str, list[str]] = _FILE["quantities"]
TAX_RATES: dict[str, list[str]] = _FILE["tax_rates"]
NAMES = [case["name"] for case in CASES]
