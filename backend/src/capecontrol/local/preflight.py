"""What would end a local run at once, asked before minutes are spent on its installation.

Runs on the standard library alone, as nothing is installed yet.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from capecontrol.local.environment import chosen_port
from capecontrol.local.failure import LocalFailure
from capecontrol.local.home import default_home, is_claimed
from capecontrol.local.lock import HomeLock
from capecontrol.local.port import is_free, taken


def check(given: Mapping[str, str]) -> None:
    """Return when the port is free.

    Raises:
        LocalFailure: it is taken, by a run on the same data, or by another program; or it is no port.
    """
    port = chosen_port(given)
    if is_free(port):
        return
    home = default_home(given)
    if is_claimed(home):
        with HomeLock(home, "(starting)"):
            pass
    raise taken(port)


if __name__ == "__main__":
    try:
        check(os.environ)
    except LocalFailure as failure:
        sys.exit(str(failure))
