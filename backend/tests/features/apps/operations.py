"""What a key may do in apps: any key may ask which one it is."""

from tests.security.row import KEYED, MachineRow

ROWS = (
    MachineRow("get_whoami", KEYED, missing_scope=200, bound_elsewhere=200, suspended=403, own=200, fuzz={200, 422}),
)
