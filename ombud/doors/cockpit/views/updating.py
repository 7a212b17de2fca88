"""Deeds on what the customer hears, and when; and on what is written inside."""

from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.cockpit.answers import deed, done, page_of
from ombud.doors.cockpit.asked import chosen_time, written
from ombud.doors.cockpit.due import OFTEN
from ombud.foundation.people.models import Person
from ombud.spine.escalations import actions, queries
from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.queries import visible_to
from ombud.ui.times import when_words


@deed
def send(request, escalation):
    """Send the update; refused, its words are kept as a draft."""
    now, words = timezone.now(), written(request)
    actions.save_update_draft(escalation, by=request.user, now=now, **words)
    next_at = chosen_time(request, "next", now)
    update = actions.send_update(escalation, **words, next_at=next_at, by=request.user, now=now)
    back = page_of(escalation)
    undo = _undo_of(update, escalation)
    return done(request, _("The update leaves in a few seconds."), back=back, undo=undo, after=back)


def _undo_of(update, escalation):
    left = update.messages.filter(letter__isnull=False).exists()
    return reverse("cockpit:take_back", args=[escalation.number]) if left else None


@deed
def draft(request, escalation):
    """Keep what somebody is writing."""
    kept = actions.save_update_draft(escalation, by=request.user, now=timezone.now(), **written(request))
    at = kept and timezone.localtime(kept.saved_at)
    return JsonResponse({"words": _("Saved %s") % f"{at:%H:%M}" if kept else ""})


@deed
def take_back(request, escalation):
    """Stop an update that has not left; its words are a draft again."""
    actions.take_back_update(escalation, by=request.user, now=timezone.now())
    return done(request, _("Taken back: it is a draft again."), back=page_of(escalation))


@deed
def set_next(request, escalation):
    """The customer hears from us then."""
    now = timezone.now()
    at, cadence = chosen_time(request, "next", now), request.POST.get("cadence", "")
    seconds = int(cadence) if cadence in ("0", *OFTEN) else None
    actions.set_next_update(escalation, at, cadence=seconds, by=request.user, now=now)
    escalation.refresh_from_db()
    words = _("The next update is due %(time)s.") % {"time": when_words(escalation.next_update_at, now)}
    return done(request, words, back=page_of(escalation))


@deed
def waive(request, escalation):
    """No update is due until then."""
    now = timezone.now()
    until = chosen_time(request, "until", now)
    actions.waive(escalation, until or now, request.POST.get("why", ""), by=request.user, now=now)
    return done(request, _("No update is due until then."), back=page_of(escalation))


@deed
def end_waiver(request, escalation):
    """Updates are due again."""
    actions.end_waiver(escalation, by=request.user, now=timezone.now())
    return done(request, _("Updates are due again."), back=page_of(escalation))


@deed
def note(request, escalation):
    """Write something inside, on the main ticket."""
    main = queries.main_ticket(escalation)
    ticket = visible_to(request.user).select_related("case").get(pk=main.pk if main else 0)
    words = request.POST.get("words", "")
    called = [one for one in Person.objects.working() if f"@{one.name}" in words] if "@" in words else []
    tickets.note(ticket, by=request.user, now=timezone.now(), text=words, mentions=called)
    return done(request, _("Noted."), back=page_of(escalation))
