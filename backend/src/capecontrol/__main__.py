"""`python -m capecontrol`: the command line."""

from capecontrol.cli.commands import main

main()
