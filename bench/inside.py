"""Groups of figures, in a process whose Django is on the place that its environment names.

    python -m bench.inside GROUP,GROUP --rows N [--quick] [--port N --smtp-port N --pids 1,2]

Figures go to standard output, one JSON line each; everything else to standard error.
"""

import argparse
import os
import sys
import traceback
from importlib import import_module

import django

GROUPS = ("seed", "search", "list", "pages", "http", "live", "uploads", "intake", "plans", "clock")


def main(argv):
    wanted = parse(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombud.config.settings")
    django.setup()
    failed = [name for name in wanted.groups.split(",") if not measured(name, wanted)]
    return 1 if failed else 0


def measured(name, wanted):
    """Whether a group could be measured; what went wrong is told, and the others go on."""
    try:
        # The groups import models, which needs a Django that is set up.
        for figure in import_module(f"bench.groups.{name}").measure(wanted):
            print(figure.as_json(), flush=True)
    except (Exception, SystemExit):
        traceback.print_exc()
        return False
    return True


def parse(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("groups", help=", ".join(GROUPS))
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--smtp-port", type=int, default=0)
    parser.add_argument("--copy", default="", help="a data folder with the same rows, for ceilings")
    parser.add_argument("--copy-url", default="")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
