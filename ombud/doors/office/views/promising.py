"""SLA policies in the reader's words: for whom, what is promised, who is warned, what changed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ombud.doors.office.forms.conditions import language_name
from ombud.doors.office.forms.levels import bars_of
from ombud.doors.office.forms.policies import WAYS, WHOM, pause_words
from ombud.foundation.clock.models import Calendar
from ombud.foundation.people.models import Account
from ombud.spine.sla import durations
from ombud.spine.sla.models import Kind
from ombud.spine.sla.models.promises import PROMISED
from ombud.spine.sla.queries import Clocks
from ombud.spine.sla.terms import CONDITIONS
from ombud.spine.tickets.channels import channel_name
from ombud.spine.tickets.models import Level, Priority, Status
from ombud.ui.values import comma

ASKED = {  # condition: what it asks about, and how a value of it is called
    "tiers": (gettext_lazy("Tier"), dict(Account.Tier.choices).get),
    "severities": (gettext_lazy("Severity"), dict(Level.choices).get),
    "priorities": (gettext_lazy("Priority"), dict(Priority.choices).get),
    "channels": (gettext_lazy("Channel"), channel_name),
    "languages": (gettext_lazy("Language"), language_name),
    "tags": (gettext_lazy("Tag"), str),
}


class Telling:
    """Words about terms; the calendars' names and lengths are fetched once."""

    def __init__(self):
        self.clocks = Clocks()
        self.names = dict(Calendar.objects.values_list("pk", "name"))

    def target(self, target):
        """A promised time: “2 d”; a dash for none."""
        if target is None:
            return "–"
        return durations.words(target.seconds, target.written, self._lengths(target))

    def means(self, target):
        """How long that is where it was written in days, “16 h”; else nothing."""
        if target is None or not durations.is_in_days(target.written):
            return ""
        hours = durations.in_hours(target.seconds)
        return hours if hours != self.target(target) else ""

    def _lengths(self, target):
        return durations.lengths_of(self.clocks(target.calendar))

    def calendar(self, target):
        """In what it is counted."""
        return self.names.get(target.calendar, "") if target.calendar else _("every hour")

    def counted(self, kinds):
        """The same for all promises of a priority: “Madrid support; first reply: every hour”."""
        first = kinds.get(Kind.FIRST_REPLY)
        rest = list(dict.fromkeys(self.calendar(t) for kind, t in kinds.items() if kind != Kind.FIRST_REPLY))
        if first is None or not rest or rest == [self.calendar(first)]:
            return comma().join(rest) or (self.calendar(first) if first else "")
        return _("%(rest)s; first reply: %(first)s") % {
            "rest": comma().join(rest),
            "first": self.calendar(first),
        }

    def matrix(self, terms):
        """A row for each priority, for readers."""
        return [
            {
                "priority": priority,
                "bars": bars_of(priority),
                "cells": [
                    (self.target(terms.of(priority).get(kind)), self.means(terms.of(priority).get(kind)))
                    for kind in PROMISED
                ],
                "counted": self.counted(terms.of(priority)),
            }
            for priority in Priority
        ]

    def change(self, change):
        """A difference between two versions as (what, before, after)."""
        if change.what == "target":
            where = f"{Kind(change.kind).label}, {Priority(change.priority).label}"
            return where, self._counted(change.old), self._counted(change.new)
        if change.what == "pauses":
            return _("Stands still while"), pauses(change.old), pauses(change.new)
        if change.what == "pause_limit":
            return _("Longest pause"), *(limit(seconds) for seconds in (change.old, change.new))
        return _("Warning"), *(warning(one) if one else "–" for one in (change.old, change.new))

    def _counted(self, target):
        if target is None:
            return "–"
        return f"{self.target(target)}, {self.calendar(target)}"


def for_whom(conditions):
    """For whom a policy holds: [(what is asked, the values in words)]; nothing for everybody."""
    found = []
    for name in CONDITIONS:
        if conditions.get(name):
            asked, named = ASKED[name]
            found.append((asked, _or(named(value) or value for value in conditions[name])))
    return found


def _or(words):
    words = [str(word) for word in words]
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s or %(last)s") % {"some": comma().join(words[:-1]), "last": words[-1]}


def missed(name, conditions, facts):
    """Why a ticket does not meet a condition, as a sentence's half."""
    asked, named = ASKED[name]
    said = {
        "tiers": facts.tier,
        "severities": facts.severity,
        "priorities": facts.priority,
        "channels": facts.channel,
        "languages": facts.language,
    }.get(name, "")
    wanted = _or(named(value) or value for value in conditions[name])
    if name == "tags":
        return _("no tag %(wanted)s") % {"wanted": wanted}
    if not said:
        return _("%(what)s unknown, not %(wanted)s") % {"what": asked, "wanted": wanted}
    return _("%(what)s %(said)s, not %(wanted)s") % {
        "what": asked,
        "said": named(said) or said,
        "wanted": wanted,
    }


def warning(one):
    """A warning in words: “at 75 %: whoever holds the ticket, in the product”."""
    words = {"percent": one.percent, "whom": dict(WHOM)[one.to], "how": dict(WAYS)[one.by]}
    if one.percent == 100:
        return _("when it is broken: %(whom)s, %(how)s") % words
    return _("at %(percent)s %%: %(whom)s, %(how)s") % words


def pauses(statuses):
    """In which states the clocks stand still."""
    return comma().join(str(Status(status).label) for status in statuses) or _("never")


def limit(seconds):
    """A longest pause."""
    return pause_words(seconds) if seconds else _("as long as it takes")


def facts_in_words(facts):
    """What is known about a ticket: “Tier Gold · Severity High · Priority P2 · …”."""
    known = (
        ("tiers", facts.tier),
        ("severities", facts.severity),
        ("priorities", facts.priority),
        ("channels", facts.channel),
        ("languages", facts.language),
        *(("tags", tag) for tag in sorted(facts.tags)),
    )
    return " · ".join(
        f"{asked} {named(value) or value}"
        for (asked, named), value in ((ASKED[name], value) for name, value in known)
        if value
    )
