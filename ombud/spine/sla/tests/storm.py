"""What the tests of storms do on a real desk: many promises that fall due, and what became of them.

They run in the desk's own Python (`manage shell`), because a test has no connection to its database.
"""

FILL = """
from datetime import timedelta
from django.utils import timezone
from ombud.foundation.people.models import Person
from ombud.foundation.post.actions import keep_mailbox
from ombud.foundation.post.models import Mailbox
from ombud.spine.sla.actions import keep_policy
from ombud.spine.sla.models import Promise
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.said import Said
from ombud.foundation.people.actions import meet
now = timezone.now()
carla = meet(email="carla@acme-outdoor.example", name="Carla Benítez", now=now)
ada, ines = (Person.objects.get(name__startswith=name) for name in ("Ada", "In"))
keep_mailbox(mailbox=Mailbox.objects.get(), smtp_host="127.0.0.1", smtp_port={port}, smtp_security="none",
             acknowledges=False, by=None, now=now)
warnings = [dict(percent=75, to="holder", by="product"), dict(percent=100, to="holder", by="mail"),
            dict(percent=100, to="leads", by="digest")]
terms = dict(targets=dict(p3=dict(resolution=dict(seconds=86400))), warnings=warnings)
policy = keep_policy(name="Storm", conditions=dict(), terms=terms, by=None, now=now)
opened = [
    tickets.open_ticket(Said(text="Hola", subject=f"Caso {{n}}", happened_at=now), customer=carla,
                        channel="email", mailbox=Mailbox.objects.get(), now=now)
    for n in range(20)
]
for ticket in opened:
    tickets.assign(ticket, ada, by=ada, now=now)
spans = {spans}
at = timezone.now()
made = Promise.objects.bulk_create(
    Promise(ticket=opened[n % 20], kind="resolution", version=policy.version, seconds=60, started_at=now,
            due_at=at + timedelta(seconds=spans[n % len(spans)]),
            fires_at=at + timedelta(seconds=spans[n % len(spans)]))
    for n in range({count})
)
print("ANSWER[%d, %d]" % (made[0].pk, made[-1].pk))
"""

ASK = """
import json
from collections import Counter
from ombud.foundation.events.models import Delivery, Event
from ombud.foundation.notifications.models import Notice
from ombud.foundation.post.models import Letter
from ombud.spine.sla.models import Digest, DigestLine, Promise
# First what is still to come: what it does afterwards is then seen below.
waiting = Delivery.objects.filter(due_at__isnull=False).count()
letters = Letter.objects.filter(kind="notice", state="waiting").count()
mine = Promise.objects.filter(pk__gte={first}, pk__lte={last})
broken = Event.objects.filter(verb="promise.broken", data__promise__gte={first}, data__promise__lte={last})
told = Notice.objects.filter(kind="promise_broken", data__promise__gte={first}, data__promise__lte={last})
print("ANSWER" + json.dumps(dict(
    broken=sorted(mine.filter(state="broken").values_list("pk", flat=True)),
    events=sorted(broken.values_list("data__promise", flat=True)),
    told=sorted(told.values_list("data__promise", flat=True)),
    listed=sorted(DigestLine.objects.filter(promise__in=mine).values_list("promise", "digest__person")),
    waiting=waiting,
    failed=Delivery.objects.exclude(error="").count(),
    open_digests=Digest.objects.filter(due_at__isnull=False).count(),
    letters=letters,
)))
"""
