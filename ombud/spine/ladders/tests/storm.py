"""What the storm does on a real desk: many climbs at once, some of which are taken on; and what was told.

It runs in the desk's own Python (`manage shell`), because a test has no connection to its database.
"""

FILL = """
import json
from django.utils import timezone
from ombud.foundation.people.actions import meet
from ombud.foundation.people.models import Person
from ombud.foundation.post.actions import keep_mailbox
from ombud.foundation.post.models import Mailbox
from ombud.spine.ladders import actions
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.said import Said
now = timezone.now()
box = keep_mailbox(mailbox=Mailbox.objects.get(), smtp_host="127.0.0.1", smtp_port={port},
                   smtp_security="none", acknowledges=False, by=None, now=now)
carla = meet(email="carla@acme-outdoor.example", name="Carla Benítez", now=now)
def rung(role, after):
    return dict(whom=dict(kind="role", of=role), after=after, by=["product", "mail"])
rungs = [rung(role, {after}) for role in ("associate", "lead", "head")]
draft = dict(starts=[dict(on="by_hand")], rungs=rungs)
ladder = actions.keep_ladder(name="Storm", draft=draft, by=None, now=now)
actions.publish(ladder, by=None, now=now)
made = []
for n in range({count}):
    ticket = tickets.open_ticket(Said(text="Hola", subject=f"Caso {{n}}", happened_at=now), customer=carla,
                                 channel="email", mailbox=Mailbox.objects.get(), now=now)
    made.append(actions.start(ladder, ticket, why="by_hand", now=timezone.now()).pk)
print("ANSWER" + json.dumps(made))
"""

HAVE = """
from django.utils import timezone
from ombud.foundation.people.models import Person
from ombud.spine.ladders import actions
from ombud.spine.ladders.models import Climb
ines = Person.objects.get(email="ines@parcelline.example")
held = []
for climb in Climb.objects.filter(pk__in={climbs}):
    held.append([actions.acknowledge(climb, by=ines, now=timezone.now()).pk, climb.rung])
print("ANSWER%s" % [pk for pk, _rung in held])
"""

ASK = """
import json
from collections import Counter
from ombud.foundation.events.models import Delivery, Event
from ombud.foundation.post.models import Letter
from ombud.spine.ladders.models import Climb, Telling
told = Telling.objects.order_by("pk").values_list(
    "climb", "rung", "round", "person__email", "way", "letter__state", "letter__message_id")
held = dict(Event.objects.filter(verb="climb.acknowledged").values_list("data__climb", "happened_at"))
late = [t.pk for t in Telling.objects.all() if t.climb_id in held and t.told_at > held[t.climb_id]]
print("ANSWER" + json.dumps(dict(
    told=[list(row) for row in told],
    states=dict(Climb.objects.values_list("pk", "state")),
    late=late,
    waiting=Delivery.objects.filter(due_at__isnull=False).count(),
    letters=Letter.objects.filter(kind="notice", state="waiting").count(),
)))
"""
