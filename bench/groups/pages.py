"""The pages an agent looks at all day: server time, in this process."""

from django.template import engines
from django.urls import reverse

from bench.figures import Figure
from bench.timing import middle, p95, sample
from bench.visits import ask, replay, signed_in, somebody, statements
from ombud.config.wsgi import application
from ombud.spine.tickets.models import Ticket

TRIVIAL = "<!doctype html><title>{{ title }}</title>{% for row in rows %}<p>{{ row }}</p>{% endfor %}"


def measure(wanted):
    cookie = signed_in(somebody())
    for name, address in addresses().items():
        with statements() as asked:
            body = ask(application, address, cookie=cookie)
        asked.clear()
        with statements() as asked:
            ask(application, address, cookie=cookie)
        kept = list(asked)
        taken = sample(lambda address=address: ask(application, address, cookie=cookie), wanted)
        bare = sample(lambda kept=kept: _bare(kept), wanted, seconds=2)
        yield Figure(
            name,
            round(middle(taken), 2),
            "ms",
            round(middle(bare), 3),
            "ms SQL and a trivial template",
            f"p95 {p95(taken):.1f} ms, {len(kept)} queries, {len(body) // 1024} kB",
        )


def addresses():
    """What is looked at: the lists, a ticket in the middle of its desk's life, a search."""
    ticket = Ticket.objects.order_by("number")[Ticket.objects.count() // 2]
    return {
        "list page (all)": reverse("workspace:view", args=["all"]),
        "list page (unassigned)": reverse("workspace:view", args=["nobody"]),
        "ticket page": reverse("workspace:in_view", args=["all", ticket.number]),
        "ticket pane": reverse("workspace:in_view", args=["all", ticket.number]) + "?part=ticket",
        "search page, rare word": reverse("workspace:search") + "?q=quetzal",
        "search page, common word": reverse("workspace:search") + "?q=label",
    }


def _bare(asked):
    replay(asked)
    template = engines["jinja2"].from_string(TRIVIAL)
    template.render({"title": "Ombud", "rows": range(50)})
