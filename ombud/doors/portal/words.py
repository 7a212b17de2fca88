"""What customers are told of clocks and of who has it: by when, in their words, on their own clock."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from babel.dates import format_date, format_timedelta
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.spine.escalations.queries import open_on
from ombud.spine.sla.models import Kind, State
from ombud.spine.sla.queries import owed_on
from ombud.spine.tickets.models import Status
from ombud.ui.locales import reader_locale

HEARING = (Kind.FIRST_REPLY, Kind.NEXT_REPLY, Kind.UPDATE)  # what ends when they hear from us
WEEK = timedelta(days=6)  # within it a weekday says which day is meant
DAYS = {  # how a day is written in a sentence, within the week and beyond it
    "en": ("EEEE", "EEEE d MMMM"),
    "es": ("EEEE", "EEEE d 'de' MMMM"),
    "fr": ("EEEE", "EEEE d MMMM"),
    "zh": ("EEEE", "M月d日EEEE"),
}


@dataclass(frozen=True)
class Standing:
    """How a request stands, as its customer is told.

    `state`: heard_by, late, with_us, your_turn or solved. `at`: the time that the words name. `left`: how
    much of the time until then is left, 1 to 0, for the ring; None without one. `more`: further sentences.
    """

    state: str
    words: str
    at: datetime | None = None
    left: float | None = None
    more: list = field(default_factory=list)


def standings(tickets, now):
    """{ticket id: Standing} with three questions for all of them."""
    pks = [ticket.pk for ticket in tickets]
    owed, escalated = owed_on(pks), open_on(pks)
    return {
        ticket.pk: standing(ticket, owed.get(ticket.pk, []), escalated.get(ticket.pk), now)
        for ticket in tickets
    }


def standing(ticket, owed, escalation, now):
    """How one request stands; `owed` are its promises, `escalation` the open one that it belongs to."""
    if ticket.is_done:
        return Standing("solved", _("Solved"), ticket.resolved_at)
    more = list(_more(owed, now))
    spans = [
        (one.due_at, one.started_at)
        for one in owed
        if one.kind in HEARING and one.due_at and not one.answered_at
    ]
    if escalation and escalation.next_update_at:
        spans.append((escalation.next_update_at, min(ticket.last_message_at, now)))
    if spans:
        due_at, started_at = min(spans, key=lambda span: span[0])
        if due_at <= now:
            words = _("We are late: you should have heard from us by %(time)s.")
            return Standing("late", words % {"time": moment(due_at, now)}, due_at, 0, more)
        words = _("You hear from us by %(time)s.") % {"time": moment(due_at, now)}
        return Standing("heard_by", words, due_at, _left(started_at, due_at, now), more)
    if ticket.status == Status.WAITING:
        return Standing("your_turn", _("We need a word from you to go on."), None, None, more)
    return Standing("with_us", _("We are working on it."), None, None, more)


def _left(started_at, due_at, now):
    if started_at is None or due_at <= started_at:
        return None
    return round(max(min((due_at - now) / (due_at - started_at), 1), 0), 3)


def _more(owed, now):
    for one in owed:
        time = one.due_at and moment(one.due_at, now)
        if one.kind == Kind.RESOLUTION and one.state == State.PAUSED:
            yield _("The time for solving it stands still while we wait for you.")
        elif one.kind == Kind.RESOLUTION and time and one.due_at <= now:
            yield _("We wanted to have solved it by %(time)s, and are late.") % {"time": time}
        elif one.kind == Kind.RESOLUTION and time:
            yield _("We solve it, or show you a way round it, by %(time)s.") % {"time": time}
        elif one.kind == Kind.WORD and time and one.due_at > now:
            yield _("We promised by %(time)s: “%(words)s”") % {"time": time, "words": one.words}
        elif one.kind == Kind.WORD and time:
            yield _("We are late with what we promised by %(time)s: “%(words)s”") % {
                "time": time,
                "words": one.words,
            }


def past(promises):
    """[(kept, at, words)] of what was promised and is over, the newest first."""
    told, seen = [one for one in promises if one.met_at and one.state in (State.KEPT, State.BROKEN)], set()
    for one in sorted(told, key=lambda one: one.met_at, reverse=True):
        kept = one.broken_at is None
        deed = one.met_at, _group(one), kept  # one answer may keep two promises; they heard from us once
        if deed not in seen:
            seen.add(deed)
            yield kept, one.met_at, _PAST[_group(one)]() if kept else late_words(one)


def late_words(promise):
    """“18 minutes later than we had promised”."""
    if promise.due_at is None:
        return _("Later than we had promised")
    late = format_timedelta(promise.met_at - promise.due_at, threshold=1, locale=reader_locale())
    return _("%(time)s later than we had promised") % {"time": late}


def _group(promise):
    return "solved" if promise.kind == Kind.RESOLUTION else "word" if promise.kind == Kind.WORD else "heard"


_PAST = {
    "heard": lambda: _("You heard from us in time"),
    "solved": lambda: _("Solved in the time that we had promised"),
    "word": lambda: _("Done in time, as we had promised"),
}


def moment(at, now):
    """A time in a sentence, on the reader's clock: “16:00”, “Tuesday 15:00”, “Tuesday 24 November 15:00”."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    if local.date() == today:
        return _("%(time)s today") % {"time": f"{local:%H:%M}"}
    near, far = DAYS.get(reader_locale().language, DAYS["en"])
    within = abs(at - now) < WEEK
    day = format_date(local, near if within else far, locale=reader_locale())
    return _("%(day)s %(time)s") % {"day": day, "time": f"{local:%H:%M}"}


def who_has_it(ticket, brand):
    """Who is on it, as far as customers are told: a person, or who we are to them."""
    if brand.names_person and ticket.assignee:
        return ticket.assignee.name
    return _("Our support team")


def who_wrote(message, brand):
    """The name above a message of ours."""
    if brand.names_person and message.by_person:
        return message.by_person.name
    return brand.name
