"""Climbing: starting, going on, having it, and being over."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import ASSIGN, NOTE, require
from ombud.foundation.post import actions as post
from ombud.spine.ladders import climbing, events
from ombud.spine.ladders.models import Climb, State
from ombud.spine.ladders.queries import ladder_for
from ombud.spine.ladders.rungs import OF_PROMISES, read
from ombud.spine.ladders.world import Live
from ombud.ui.times import when_words

from .webhooks import take_back_calls

CHANGES = [
    "why",
    "also",
    "promise",
    "state",
    "rung",
    "told_at",
    "next_at",
    "climbs_at",
    "repeats_at",
    "repeated",
    "held_by",
    "held_since",
    "held_until",
    "seen_event",
    "ended_at",
    "ended_why",
]


class Over(ValidationError):
    """There is nothing to have any more: the climb has ended."""


class AlreadyHeld(ValidationError):
    """Somebody else was quicker."""


def start(ladder, ticket, *, why, now, promise=None, since=None, by=None):
    """Climb a ladder for a ticket; its first rung is told when its time comes, often at once.

    `since`: what was missed then. None when it is being climbed for this ticket already: one climb at a time,
    which has one more reason from now on.
    """
    try:
        with transaction.atomic():
            climb = Climb.objects.create(
                ticket=ticket,
                ladder=ladder,
                version=ladder.version,
                promise=promise,
                plan=ladder.version.plan,
                why=why,
                since=since,
                started_at=now,
            )
            events.STARTED.record(
                case=ticket.case_id,
                by=by,
                now=now,
                climb=climb.pk,
                ticket=ticket.pk,
                ladder=ladder.pk,
                version=ladder.version.number,
                why=why,
            )
            first = read(climb.plan).rungs[0]
            climb.climbs_at = climb.next_at = Live(climb, now).later(first.calendar, now, first.after)
            climb.save(update_fields=["climbs_at", "next_at"])
    except IntegrityError:
        _join(ladder, ticket, why, promise, now)
        return None
    return climb


@transaction.atomic
def _join(ladder, ticket, why, promise, now):
    """What is being climbed has another reason; those who were told are not told again for it."""
    climb = _locked(Climb.objects.open().filter(ladder=ladder, ticket=ticket)).first()
    if climb and climbing.join(climb, why, now):
        climb.promise = climb.promise or promise
        climb.save(update_fields=CHANGES)


@transaction.atomic
def leave(climb, reasons, *, ended, now, by=None):
    """Some of a climb's reasons are over; with the last it ends, by the word `ended`."""
    climb = _locked(Climb.objects.filter(pk=climb.pk)).get()
    if climb.state == State.ENDED or not {climb.why, *climb.also}.intersection(reasons):
        return
    if climbing.leave(climb, *reasons):
        end(climb, ended, now=now, by=by)
        return
    if not {climb.why, *climb.also}.intersection(OF_PROMISES):
        climb.promise = None
    climb.save(update_fields=CHANGES)


@transaction.atomic
def climb_now(ticket, *, by, now):
    """Do not wait: tell the next rung, or begin the ladder that is there for it. The climb, or None."""
    if by is not None:  # a machine of its own: its door has asked
        require(by, ASSIGN)
    climb = _locked(Climb.objects.open().filter(ticket=ticket).order_by("-id")).first()
    if climb is None:
        ladder = ladder_for(ticket, "by_hand")
        if ladder is None:
            raise ValidationError(_("No ladder is there to be climbed by hand for this ticket."))
        climb = start(ladder, ticket, why="by_hand", now=now, by=by)
    climbing.climb_now(climb, Live(climb, now, by=by), now)
    climb.save(update_fields=CHANGES)
    return climb


@transaction.atomic
def acknowledge(climb, *, by, now):
    """Somebody has it: nobody else is told, until their patience is over and nothing has happened.

    Raises AlreadyHeld with who and since when, or Over.
    """
    require(by, NOTE)
    climb = _locked(Climb.objects.filter(pk=climb.pk).select_related("ticket")).get()
    if climb.state == State.ENDED:
        raise Over(_("This is over already; there is nothing left to take on. Thank you."))
    if climb.state == State.HELD and climb.held_by_id != by.pk:
        since = when_words(climb.held_since, now)
        raise AlreadyHeld(
            _("%(name)s has it since %(time)s. Nobody else is told. Thank you.")
            % {"name": climb.held_by.name, "time": since}
        )
    climb.state, climb.held_by, climb.held_since = State.HELD, by, now
    event = events.ACKNOWLEDGED.record(
        case=climb.ticket.case_id,
        by=by,
        now=now,
        climb=climb.pk,
        ticket=climb.ticket_id,
        rung=climb.rung,
        person=by.pk,
    )
    climb.seen_event = event.pk
    climbing.hold(climb, read(climb.plan), Live(climb, now), now)
    climb.save(update_fields=CHANGES)
    _stop_letters(climb, by, now)
    return climb


@transaction.atomic
def let_go(climb, *, by, now):
    """Who had it cannot: the ladder is climbed on at once."""
    climb = _locked(Climb.objects.filter(pk=climb.pk).select_related("ticket")).get()
    if climb.state != State.HELD or climb.held_by_id != by.pk:
        raise ValidationError(_("Only who has it can let it go."))
    climbing.climb_now(climb, Live(climb, now, by=by), now)
    climb.save(update_fields=CHANGES)
    return climb


@transaction.atomic
def end(climb, why, *, now, by=None):
    """There is nothing to climb for any more; mails that have not left do not leave."""
    climb = _locked(Climb.objects.filter(pk=climb.pk).select_related("ticket")).get()
    if climb.state == State.ENDED:
        return
    climb.state, climb.ended_at, climb.ended_why = State.ENDED, now, why
    climb.next_at = climb.climbs_at = climb.repeats_at = climb.held_until = None
    climb.save(update_fields=CHANGES)
    events.ENDED.record(
        case=climb.ticket.case_id, by=by, now=now, climb=climb.pk, ticket=climb.ticket_id, why=why
    )
    _stop_letters(climb, by, now)


def advance(climb, *, now):
    """Do what is due on a climb; the clock calls it with the row locked and its due time cleared."""
    if climb.why == "untouched" and not climb.also and climb.ticket.touched_at:
        end(climb, "touched", now=now)  # somebody did something in the moment in which it began
        return
    climbing.advance(climb, Live(climb, now), now)
    climb.save(update_fields=CHANGES)


def _locked(climbs):
    # Who has it is asked for afterwards: PostgreSQL joins before it waits, with what was true then.
    return climbs.select_for_update(of=("self",)) if connection.features.has_select_for_update_of else climbs


def _stop_letters(climb, by, now):
    take_back_calls(climb)
    for telling in climb.tellings.filter(letter__isnull=False).select_related("letter"):
        try:
            post.take_back(telling.letter, by=by, now=now)
        except post.TooLate:
            continue  # it has left, or was stopped already
