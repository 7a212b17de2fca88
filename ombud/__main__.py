"""`python -m ombud WORDS…`: what bin/ombud runs."""

import sys

from ombud.config.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
