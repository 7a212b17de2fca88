"""The same pages over HTTP: what the hub and its threads add."""

from bench.figures import Figure
from bench.groups.pages import addresses
from bench.timing import middle, p95, sample
from bench.visits import Line, ask, signed_in, somebody
from ombud.config.wsgi import application


def measure(wanted):
    cookie = signed_in(somebody())
    line = Line(wanted.port, cookie=cookie)
    pages = list(addresses().items())
    for name, address in pages[:1] + pages[2:3] if wanted.quick else pages:
        over = sample(lambda address=address: line.get(address), wanted)
        here = sample(lambda address=address: ask(application, address, cookie=cookie), wanted)
        yield Figure(
            f"{name}, over HTTP",
            round(middle(over), 2),
            "ms",
            round(middle(here), 2),
            "ms without HTTP",
            f"p95 {p95(over):.1f} ms",
        )
