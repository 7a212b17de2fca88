"""The whole tree at rest: the memory that it holds, and how much of a core each of its processes takes."""

import os
import time

from bench.figures import Figure

SETTLES = 10  # seconds after which a tree that was just started is at rest
LOOKED_AT = 30  # seconds
MOST_MEMORY, MOST_CPU = 250, 1  # the aims: MB in all, % of a core for each process


def measure(tree, wanted):
    time.sleep(2 if wanted.quick else SETTLES)
    began, before = time.monotonic(), tree.ticks()
    time.sleep(5 if wanted.quick else LOOKED_AT)
    seconds, after = time.monotonic() - began, tree.ticks()
    held = tree.memory()
    yield Figure(
        "idle memory of the whole tree",
        round(sum(held.values()), 1),
        "MB",
        note=f"PSS: {', '.join(f'{name} {mb:.0f}' for name, mb in held.items())}; aim {MOST_MEMORY} MB",
    )
    for name in before:
        used = (after[name] - before[name]) / os.sysconf("SC_CLK_TCK") / seconds * 100
        yield Figure(f"idle CPU, {name}", round(used, 2), "% of a core", note=f"aim {MOST_CPU} %")
