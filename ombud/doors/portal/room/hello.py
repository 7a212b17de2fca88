"""The head of the room: a promise as a heading, the clock beside it, and how far it is."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.doors.portal import words
from ombud.spine.escalations import theirs
from ombud.spine.escalations.models import Stage
from ombud.spine.tickets.speaking import called
from ombud.ui.locales import reader_locale
from ombud.ui.times import when_words

from .names import capital, first

ORDER = (Stage.RECEIVED, Stage.INVESTIGATED, Stage.RESOLVED, Stage.REVIEWED)
MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class Hello:
    """The heading, a softer sentence, and the clock (None when nothing is due)."""

    heading: str
    lead: str
    clock: object = None


@dataclass(frozen=True)
class Countdown:
    """A ring with a time in it. `state`: running, broken or quiet; `left` from 1 to 0; `parts`: (n, unit)."""

    state: str
    left: float
    above: str
    parts: list
    below: str
    said: str
    at: datetime
    since: datetime


@dataclass(frozen=True)
class Step:
    """One stage. `state`: done, now or later."""

    state: str
    words: str
    soft: str


def hello(guest, updates):
    """What stands at the top while it is escalated, and after."""
    escalation, now = guest.escalation, guest.now
    if not escalation.is_open:
        return Hello(
            _addressed(guest, _("it is solved, and reviewed with you.")),
            _("Thank you for your patience. Everything that was said stays here for you to read."),
        )
    if escalation.waived_until:
        return _quiet(guest, escalation.waived_until)
    if escalation.next_update_at <= now:
        return _late(guest, updates)
    return _on_time(guest, updates)


def _on_time(guest, updates):
    escalation, at = guest.escalation, guest.escalation.next_update_at
    said = {"time": f"{timezone.localtime(at):%H:%M}", "day": day(at, guest.now)}
    manager = escalation.manager
    if manager:
        said["who"] = first(manager, guest.brand)
        if updates:
            words_ = _("{who} writes to you again by {time} on {day}.")
            today = _("{who} writes to you again by {time}.")
        else:
            words_, today = _("{who} writes to you by {time} on {day}."), _("{who} writes to you by {time}.")
    else:
        words_, today = _("you hear from us by {time} on {day}."), _("you hear from us by {time}.")
    sentence = (words_ if said["day"] else today).format(**said)
    return Hello(_addressed(guest, sentence), _lead(guest), _running(guest, updates, at))


def _lead(guest):
    people = len(theirs.at_work(guest.escalation, guest.ticket)) + bool(guest.escalation.manager)
    if people > 1:
        return ngettext(
            "With news or without it. Until then {n} person works on it, and you can write to us here.",
            "With news or without it. Until then {n} people work on it, and you can write to us here.",
            people,
        ).format(n=people)
    return _("With news or without it. Until then we work on it, and you can write to us here.")


def _late(guest, updates):
    due = guest.escalation.late_at or guest.escalation.next_update_at
    told = [storey for storey in theirs.ladder_of(guest.escalation, guest.ticket, guest.now) if storey.told]
    lead = _("You should have heard from us by {time}.").format(time=words.moment(due, guest.now))
    if told:
        lead += " " + _("We have noticed, and somebody higher was told. You hear from us at once.")
    else:
        lead += " " + _("We have noticed. You hear from us at once.")
    return Hello(_addressed(guest, _("we are late, and we are sorry.")), lead, _broken(guest, due))


def _quiet(guest, until):
    said = {"time": f"{timezone.localtime(until):%H:%M}", "day": day(until, guest.now)}
    if said["day"]:
        sentence = _("until {time} on {day} we write only with news.")
    else:
        sentence = _("until {time} we write only with news.")
    lead = _("Write to us at any time, and we are here.")
    return Hello(_addressed(guest, sentence.format(**said)), lead)


def _addressed(guest, sentence):
    name = called(guest.speaker.name) if guest.customer or len(guest.people) == 1 else ""
    if not name:
        return capital(sentence)
    return _("{name}, {sentence}").format(name=name, sentence=sentence)


def _running(guest, updates, at):
    since = updates[0].sent_at if updates else guest.escalation.raised_at
    whole = max((at - since).total_seconds(), 1)
    left = max((at - guest.now).total_seconds(), 0)
    return Countdown(
        "running",
        min(left / whole, 1),
        _("next word in"),
        parts(left),
        _("by {time}").format(time=_with_place(guest, when_words(at, guest.now))),
        _("You hear from us by {time}.").format(time=words.moment(at, guest.now)),
        at,
        since,
    )


def _broken(guest, due):
    late = (guest.now - due).total_seconds()
    below = _("promised for {time}").format(time=when_words(due, guest.now))
    said = _("You should have heard from us by {time}.").format(time=words.moment(due, guest.now))
    return Countdown("broken", 1, _("late by"), parts(late), below, said, due, due)


def _with_place(guest, time):
    return _("{time}, {place}").format(time=time, place=guest.place)


def parts(seconds):
    """A duration as at most two (number, unit): 1 h 55 min, 2 d 4 h."""
    minutes = int(seconds // MINUTE)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return [(days, _("d")), (hours, _("h"))] if hours else [(days, _("d"))]
    if hours:
        return [(hours, _("h")), (minutes, _("min"))]
    return [(minutes, _("min"))]


def day(at, now):
    """The day as a sentence names it, nothing for today."""
    local = timezone.localtime(at)
    if local.date() == timezone.localtime(now).date():
        return ""
    near, far = words.DAYS.get(reader_locale().language, words.DAYS["en"])
    return format_date(local, near if at - now < words.WEEK else far, locale=reader_locale())


def path(guest):
    """The four stages, from the left."""
    escalation = guest.escalation
    reached = theirs.reached_at(escalation)
    at = ORDER.index(escalation.stage)
    return [_step(stage, number, at, reached, guest) for number, stage in enumerate(ORDER)]


def _step(stage, number, at, reached, guest):
    done, now, later = STEPS[stage]
    if number <= at:
        time = reached.get(stage)
        return Step("done", _(done), when_words(time, guest.now) if time else "")
    if number == at + 1 and guest.escalation.is_open:
        return Step("now", _(now), _("now"))
    return Step("later", _(later), _("when you have accepted") if stage == Stage.REVIEWED else "")


def N_(text):
    """Marks a sentence for the catalogues that is translated when it is said."""
    return text


STEPS = {
    Stage.RECEIVED: (N_("Received"), N_("Received"), N_("Received")),
    Stage.INVESTIGATED: (N_("Investigated"), N_("Being investigated"), N_("Investigated")),
    Stage.RESOLVED: (N_("Resolved"), N_("Being resolved"), N_("Resolved")),
    Stage.REVIEWED: (N_("Reviewed with you"), N_("Being reviewed with you"), N_("Reviewed with you")),
}
