"""The live desk, as a climb sees it."""

from datetime import timedelta
from functools import cached_property

from django.db.models import Max

from ombud.foundation.events.models import Event
from ombud.foundation.notifications.actions import Telling as Notice
from ombud.foundation.notifications.actions import tell_each
from ombud.lib.working_time import add_working_time
from ombud.spine.sla.queries import Clocks
from ombud.spine.tickets.queries import visible_to

from .letters import call
from .models import Telling
from .queries import behind
from .webhooks import call_for
from .words import missed


class Live:
    """People are really told here: a notice on the desk, and a mail where the rung says so."""

    def __init__(self, climb, now, by=None):
        self.ticket, self.now, self.by = climb.ticket, now, by

    @cached_property
    def priority(self):
        return self.ticket.priority

    @cached_property
    def _clocks(self):
        return Clocks()

    def later(self, calendar, start, seconds):
        """When so many seconds of a calendar have passed; of the wall clock without one."""
        clock = self._clocks(calendar)
        return add_working_time(clock, start, seconds) if clock else start + timedelta(seconds=seconds)

    def behind(self, rung):
        """Who stands behind a rung now, and whose turn it was."""
        return behind(rung.whom, self.ticket, self.now)

    def moved_on(self, climb):
        """Whether one of ours did anything on the ticket since somebody has it; remembers up to where."""
        newer = Event.objects.filter(case_id=self.ticket.case_id, id__gt=climb.seen_event or 0)
        newest = newer.order_by("-id").values_list("id", flat=True).first()
        deeds = newer.filter(actor__isnull=False).exclude(verb__startswith="climb.")
        if not deeds.exists():
            return False
        climb.seen_event = newest
        return True

    def tell(self, climb, rung, people, turn_of, now):
        """Tell them, in each of the rung's ways; the ids of those told."""
        # The top of a ladder may be reached again after somebody had it, so rounds are counted in the rows.
        last = climb.tellings.filter(rung=climb.rung).aggregate(last=Max("round"))["last"]
        round_ = (last or 0) + 1
        for way in rung.by:
            for person in people:
                telling = Telling.objects.create(
                    climb=climb,
                    rung=climb.rung,
                    round=round_,
                    person=person,
                    way=way,
                    told_at=now,
                    turn_of_id=turn_of,
                )
                if way == "mail":
                    telling.letter = call(telling, climb, now)
                    telling.save(update_fields=["letter"])
                elif way == "webhook":
                    call_for(telling, climb, rung, now)
        noticed = people if "product" in rung.by else self._without_sight(people)
        key = f"climb:{climb.pk}:{climb.rung}:{round_}"
        why, kind, at = missed(climb)
        data = {"why": why, "kind": kind, "at": at and at.isoformat()}
        told = [Notice(person, self.ticket.case, key, data) for person in noticed]
        tell_each(told, "climb", now=now, by=self.by)
        return [person.pk for person in people]

    def _without_sight(self, people):
        """Who is called by mail only and does not see the ticket yet: a notice is what opens it to them."""
        return [one for one in people if not visible_to(one).filter(pk=self.ticket.pk).exists()]

    def note(self, verb, climb, now, **data):
        """Write in the log what happened."""
        verb.record(
            case=self.ticket.case_id, by=self.by, now=now, climb=climb.pk, ticket=self.ticket.pk, **data
        )
