"""One group of figures, in a process whose Django is on the place that its environment names.

    python -m bench.inside GROUP --rows N [--quick] [--port N --smtp-port N --pids 1,2]

Figures go to standard output, one JSON line each; everything else to standard error.
"""

import argparse
import os
import sys
from importlib import import_module

import django

GROUPS = ("seed", "search", "pages", "list", "intake", "live", "uploads", "plans")


def main(argv):
    wanted = parse(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombud.config.settings")
    django.setup()
    # The groups import models, which needs the line above.
    group = import_module(f"bench.groups.{wanted.group}")
    for figure in group.measure(wanted):
        print(figure.as_json(), flush=True)


def parse(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("group", choices=GROUPS)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--kind", default="")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--smtp-port", type=int, default=0)
    parser.add_argument("--copy", default="", help="a data folder with the same rows, for ceilings")
    parser.add_argument("--copy-url", default="")
    return parser.parse_args(argv)


if __name__ == "__main__":
    main(sys.argv[1:])
