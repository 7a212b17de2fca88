"""Ladders as their editors read them: whom, after how long, how, how often."""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.foundation.clock.models import Calendar
from ombud.spine.sla import durations
from ombud.spine.sla.models import Kind
from ombud.spine.sla.queries import Clocks
from ombud.ui.values import listed

from .rungs import PATIENCE
from .words import DEEDS, WAYS, Names, start_words


class Description:
    """Words about some plans; names and calendars are asked for once, and only if they are needed."""

    def __init__(self, plans):
        self.plans = plans
        self.names = Names(plans)
        self._lengths = {}

    @cached_property
    def _calendars(self):
        return dict(Calendar.objects.values_list("pk", "name"))

    @cached_property
    def _clocks(self):
        return Clocks()

    def lengths(self, calendar):
        """How long a day and a week are in a calendar."""
        if calendar not in self._lengths:
            self._lengths[calendar] = durations.lengths_of(self._clocks(calendar))
        return self._lengths[calendar]

    def whom(self, rung):
        """Who stands there."""
        return self.names.of(rung.whom)

    def after(self, rung):
        """When it is told: “at once”, “15 min”, “4 h of Madrid support”."""
        if not rung.after:
            return _("at once")
        return self.time(rung.after, rung.calendar)

    def time(self, seconds, calendar):
        """A time of a calendar."""
        words = durations.words(seconds, "", self.lengths(calendar))
        if calendar is None:
            return words
        return _("{time} of {calendar}").format(time=words, calendar=self._calendars.get(calendar, "?"))

    def again(self, rung):
        """How often: “once”, “every 5 min, 2 more times”, “every 10 min”."""
        if not rung.repeat:
            return _("once")
        every = _("every {time}").format(time=durations.in_hours(rung.repeat))
        if not rung.times:
            return every
        more = ngettext("{n} more time", "{n} more times", rung.times).format(n=rung.times)
        return listed([every, more])

    def by(self, rung):
        """In which ways."""
        return listed([_(WAYS[way]) for way in rung.by])

    def does(self, rung):
        """What it does besides."""
        return listed([_(DEEDS[deed]) for deed in rung.does])

    def rung(self, rung):
        """All of it in one line."""
        said = [self.whom(rung), self.after(rung), self.by(rung), self.again(rung), self.does(rung)]
        return " · ".join(filter(None, map(str, said)))

    def start(self, start):
        """At what it begins: “A promise is broken: First reply”."""
        kinds = listed([Kind(kind).label for kind in start.kinds])
        words = start_words(start.on, self.time(start.after, start.calendar) if start.after else "")
        return f"{words}: {kinds}" if kinds else words

    def patience(self, plan):
        """[(priority, time)] that somebody may have it in silence."""
        return [(priority, self.time(*plan.patience_for(priority))) for priority in PATIENCE]

    def part(self, rung, what):
        """One part of a rung, by its name in `comparing`."""
        return {
            "whom": self.whom,
            "after": self.after,
            "by": self.by,
            "repeat": self.again,
            "does": self.does,
            "url": lambda rung: rung.url,
        }[what](rung)
