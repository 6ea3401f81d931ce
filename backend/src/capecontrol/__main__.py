"""`python -m capecontrol`: the command line."""

from capecontrol.main.cli import main

main()
