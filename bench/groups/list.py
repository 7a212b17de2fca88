"""The API's list, made in this process."""

from django.utils import timezone

from bench.figures import Figure
from bench.timing import middle, p95, sample
from bench.visits import ask, replay, statements
from ombud.config.wsgi import application
from ombud.foundation.people.actions import make_token
from ombud.spine.tickets.models import Ticket

FILTERS = {
    "all": "",
    "open": "status=open",
    "closed": "status=closed",
    "one agent's": "assignee=agent3@parcelline.example",
    "one tag": "tag=tag+7",
    "a common word": "q=label",
}


def measure(wanted):
    _token, secret = make_token(name="bench", now=timezone.now())
    headers = {"authorization": f"Bearer {secret}"}
    for name, query in list(FILTERS.items())[: 3 if wanted.quick else None]:
        yield from _times(f"API list, {name}", f"/api/v1/tickets?{query}", headers, wanted)
    middle_number = Ticket.objects.order_by("number")[wanted.rows // 2].number
    yield from _times("API ticket", f"/api/v1/tickets/{middle_number}", headers, wanted)


def _times(name, address, headers, wanted):
    with statements() as asked:
        ask(application, address, **headers)
    asked.clear()
    with statements() as asked:
        ask(application, address, **headers)
    kept = list(asked)
    taken = sample(lambda: ask(application, address, **headers), wanted)
    bare = sample(lambda: replay(kept), wanted, seconds=2)
    yield Figure(
        name,
        round(middle(taken), 2),
        "ms",
        round(middle(bare), 3),
        "ms SQL",
        f"p95 {p95(taken):.1f} ms, {len(kept)} queries",
    )
