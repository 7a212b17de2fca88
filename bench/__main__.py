"""bin/bench: measures what was chosen on both databases and shows the figures."""

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench import figures, idle, machine
from bench.place import Failed, place, postgres
from bench.stored import Stored
from bench.tree import Tree

QUIET = ("search", "list", "pages")  # in one process, nothing else running
SERVED = ("idle", "http", "live", "uploads", "intake")  # on the whole tree of bin/serve
OWN = ("clock",)  # on a desk of its own, with so many open promises, and work processes
GROUPS = (*QUIET, *SERVED, *OWN)
MANY, QUICK = 1_000_000, 20_000  # open promises
ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/reference/performance.md"
HISTORY = ROOT / "bench/history.jsonl"
FAILED = []
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def main(argv):
    wanted = parse(argv)
    server, why = (None, "") if "postgres" not in wanted.databases else postgres()
    if "postgres" in wanted.databases and not server:
        say(f"PostgreSQL is left out, no server answers ({why}); name one with OMBUD_BENCH_DATABASE_URL")
    began, found = time.monotonic(), []
    for kind in wanted.databases:
        if kind == "sqlite" or server:
            for figure in everything(kind, server if kind == "postgres" else None, wanted):
                found.append(figure)
                if wanted.json:
                    print(figure.as_json(), flush=True)
    if not wanted.json:
        print(figures.table(found))
    say(f"{len(found)} figures in {time.monotonic() - began:.0f} s")
    if wanted.save and not FAILED:
        save(found, server)
    return 1 if FAILED else 0


def parse(argv):
    parser = argparse.ArgumentParser(
        prog="bin/bench",
        description="The benchmarks: each figure beside its ceiling, measured in the same run.",
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"{', '.join(GROUPS)} (all), or plans")
    parser.add_argument(
        "--rows", default="", help="how many tickets are there: 1000,100000; for clock, promises"
    )
    parser.add_argument("--databases", default="sqlite,postgres", help="sqlite,postgres")
    parser.add_argument("--quick", action="store_true", help="within a minute, on 1,000 tickets")
    parser.add_argument("--seeds", metavar="DIR", help="keep filled desks there, and use them")
    parser.add_argument("--json", action="store_true", help="a line of JSON per figure")
    parser.add_argument("--save", action="store_true", help="write the page performance.md and the history")
    wanted = parser.parse_args(argv)
    wanted.groups = wanted.groups or list(GROUPS)
    unknown = set(wanted.groups) - {*GROUPS, "plans"}
    if unknown:
        parser.error(f"there is no group {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}")
    named = bool(wanted.rows)
    asked = wanted.rows or ("1000" if wanted.quick else "0,1000,100000")
    try:
        wanted.rows = [int(number) for number in asked.split(",")]
        wanted.promises = wanted.rows if named else [QUICK if wanted.quick else MANY]
    except ValueError:
        parser.error("--rows takes whole numbers with commas between them")
    wanted.databases = wanted.databases.split(",")
    if unknown := set(wanted.databases) - {"sqlite", "postgres"}:
        parser.error(f"--databases takes sqlite and postgres, not {', '.join(unknown)}")
    return wanted


def everything(kind, server, wanted):
    """All figures on one database."""
    for rows in wanted.rows:
        yield from on(kind, server, rows, wanted)
    groups = [group for group in OWN if group in wanted.groups]
    for rows in wanted.promises if groups else ():
        with place(kind, server) as here:
            yield from inside(here, groups, rows, wanted)


def on(kind, server, rows, wanted):
    """All figures on one database with so many tickets."""
    # An empty desk has no page worth timing; mails must come in as quickly there as anywhere.
    groups = [group for group in wanted.groups if (rows or group == "intake") and group not in OWN]
    if not groups:
        return
    stored = Stored(wanted.seeds, kind, rows, server) if wanted.seeds and rows else None
    there = stored is not None and stored.is_there()
    with place(kind, server, stored if there else None) as here:
        quiet = [group for group in groups if group not in SERVED]
        if stored and not there:
            yield from inside(here, ["seed"], rows, wanted)
            stored.keep(here)
        yield from inside(here, quiet if stored else ["seed", *quiet], rows, wanted)
        served = [group for group in SERVED if group in groups]
        if served:
            yield from on_tree(here, served, rows, wanted)


def on_tree(here, groups, rows, wanted):
    copy = here.copy() if "intake" in groups else None
    try:
        with Tree(here) as tree:
            if "idle" in groups:
                say(f"{here.kind}, {rows:,} tickets: idle")
                yield from (placed(figure, here, rows) for figure in idle.measure(tree, wanted))
            rest = [group for group in groups if group != "idle"]
            if rest:
                yield from inside(here, rest, rows, wanted, tree, copy)
    finally:
        if copy:
            copy.remove()


def inside(here, groups, rows, wanted, tree=None, copy=None):
    """The figures of some groups, measured in a process of their own."""
    if not groups:
        return
    say(f"{here.kind}, {rows:,} tickets: {', '.join(groups)}")
    words = ["--rows", str(rows), *(["--quick"] if wanted.quick else [])]
    if tree:
        words += ["--port", str(tree.port), "--smtp-port", str(tree.smtp_port)]
    if copy:
        words += ["--copy", str(copy.folder), "--copy-url", copy.address or ""]
    try:
        for line in here.run("bench.inside", ",".join(groups), *words):
            yield placed(figures.of_json(line), here, rows)
    except Failed as trouble:
        FAILED.append(trouble)
        say(str(trouble))


def placed(figure, here, rows):
    return figures.Figure(**{**figure.__dict__, "database": here.kind, "rows": rows})


def save(found, server):
    """Put the figures into the page and the history."""
    facts = {"measured": f"{datetime.now(UTC):%Y-%m-%d}", **machine.facts(server)}
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    lines = [BEGIN, "", ", ".join(f"{what} {which}" for what, which in facts.items()) + ".", ""]
    lines += [figures.markdown(found), "", END]
    PAGE.write_text(head + "\n".join(lines) + tail, encoding="utf-8")
    with HISTORY.open("a", encoding="utf-8") as history:
        for figure in found:
            history.write(json.dumps({**facts, **json.loads(figure.as_json())}, ensure_ascii=False) + "\n")
    say(f"saved in {PAGE.relative_to(ROOT)} and {HISTORY.relative_to(ROOT)}")


def say(words):
    print(f"bench: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
