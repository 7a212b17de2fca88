"""Who else reads or writes on a ticket: said by browsers, forgotten by itself, told to the others at once."""

from datetime import timedelta

from django.utils import timezone

from ombud.lib.live import ring

from .models import Presence

STAYS = timedelta(seconds=40)  # a browser says it again every 15 s, and once may get lost
KEPT = timedelta(minutes=10)


def be_here(ticket, person, doing, *, now):
    """The person reads or writes now."""
    Presence.objects.update_or_create(
        ticket=ticket, person=person, defaults={"doing": Presence.Doing(doing), "until": now + STAYS}
    )
    Presence.objects.filter(until__lt=now - KEPT).delete()
    ring()


def leave(ticket, person):
    """The person looks at something else."""
    if Presence.objects.filter(ticket=ticket, person=person).delete()[0]:
        ring()


def beside(ticket, person, now):
    """Who has a ticket before their eyes beside a person."""
    return Presence.objects.filter(ticket=ticket, until__gt=now).exclude(person=person)


def others(ticket, person, *, now):
    """Who else is here, the writers first."""
    here = beside(ticket, person, now).select_related("person")
    return sorted(here, key=lambda p: (p.doing != Presence.Doing.WRITING, p.pk))


def changes(state):
    """A live source: who came, went, or began to write since the last look, as [case, person]."""
    now = timezone.now()
    here = {
        (case, person): doing
        for case, person, doing in Presence.objects.filter(until__gt=now).values_list(
            "ticket_id", "person_id", "doing"
        )
    }
    if state is None:
        return [], here
    moved = sorted(key for key in here.keys() | state.keys() if here.get(key) != state.get(key))
    return ([("presence", {"moved": moved})] if moved else []), here
