"""What a customer is assured of (M9): how a request is treated, how soon it is needed, by when we answer.

Three things that customers often take for one. Each is said in words of theirs; how we call it is ours.
"""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ombud.foundation.people.zones import place_of, zone_of
from ombud.spine.tickets.models import Level, Priority, Status
from ombud.ui.locales import reader_locale

from .models import Kind

ANSWERS = (Kind.FIRST_REPLY, Kind.NEXT_REPLY)
WEEK = timedelta(days=6)  # within it a weekday says which day is meant
DAYS = {  # how a day is written in a sentence, within the week and beyond it
    "en": ("EEEE", "EEEE d MMMM"),
    "es": ("EEEE", "EEEE d 'de' MMMM"),
    "fr": ("EEEE", "EEEE d MMMM"),
    "zh": ("EEE", "M月d日EEE"),
}
TREATED = {
    Priority.P1: N_("Before everything else"),
    Priority.P2: N_("Before most other requests"),
    Priority.P3: N_("In its turn, like most requests"),
    Priority.P4: N_("As soon as what holds others up is done"),
}
UNDERSTOOD = {
    Level.CRITICAL: N_("We understood: your work stands still."),
    Level.HIGH: N_("We understood: a good part of your work is held up."),
    Level.MEDIUM: N_("We understood: something does not work as it should."),
    Level.LOW: N_("We understood: it is a small thing, or a question."),
}
NEEDED = {
    Level.CRITICAL: N_("It cannot wait"),
    Level.HIGH: N_("You need it very soon"),
    Level.MEDIUM: N_("You need it in the next days"),
    Level.LOW: N_("It has time"),
}


@dataclass(frozen=True)
class Row:
    """One line of the list: a term, what it is, and a quieter sentence."""

    term: str
    strong: str
    soft: str = ""


def assurances(ticket, company, now, levels=None):
    """The rows about the three things. What is not promised is not said.

    `levels` is what priority, severity and urgency are read from: the ticket, or what it is escalated to.
    """
    levels = levels or ticket
    treated = Row(_("Priority"), _(TREATED[levels.priority]), _(UNDERSTOOD[levels.severity]))
    needed = Row(_("Urgency"), _(NEEDED[levels.urgency]))
    return [treated, needed, *_promised(ticket, company, now)]


def stops_your_work(ticket):
    """How to say that it is worse; nothing for whom we know it of."""
    if ticket.severity == Level.CRITICAL:
        return ""
    return _("If this stops your work, tell us here: answer this mail and say so.")


def _promised(ticket, company, now):
    """By when they hear from us, and by when it is solved, on the clock on their own wall."""
    owed = [promise for promise in ticket.promises.all() if promise.is_owed]
    to_come = {promise.kind: promise for promise in owed if promise.due_at and promise.due_at > now}
    answer = next((to_come[kind] for kind in ANSWERS if kind in to_come), None)
    solution = to_come.get(Kind.RESOLUTION)
    if answer:
        words = _("You hear from us by {time}").format(time=_their_time(answer.due_at, ticket, company, now))
        yield Row(_("What we promise"), words, _solved(solution, ticket, company, now) if solution else "")
    elif solution:
        yield Row(_("What we promise"), _solved(solution, ticket, company, now, place=True))


def _solved(promise, ticket, company, now, place=False):
    if promise.version and Status.WAITING in promise.version.terms.get("pauses", ()):
        words = _(
            "We solve it, or show you a way round it, by {time}."
            " If we wait for an answer of yours, this clock waits, too."
        )
    else:
        words = _("We solve it, or show you a way round it, by {time}.")
    return words.format(time=_their_time(promise.due_at, ticket, company, now, place))


def _their_time(at, ticket, company, now, place=True):
    """“Tuesday 15:00 your time (Las Palmas)”; ours, by its name, for those of whom we know no zone."""
    theirs = zone_of(ticket.customer, ticket.account)
    zone = theirs or ZoneInfo(company.time_zone if company else "UTC")
    local = at.astimezone(zone)
    words = f"{_day(local, at - now)} {local:%H:%M}"
    if theirs is None:
        return _("{time} ({place} time)").format(time=words, place=place_of(zone))
    return _("{time} your time ({place})").format(time=words, place=place_of(zone)) if place else words


def _day(local, ahead):
    near, far = DAYS.get(reader_locale().language, DAYS["en"])
    return format_date(local, near if ahead < WEEK else far, locale=reader_locale())
