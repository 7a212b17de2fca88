"""Deeds on the escalation itself: who leads it, how far it is, how bad it is, what is known and decided."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.cockpit.answers import deed, done, page_of
from ombud.doors.cockpit.asked import minor_units
from ombud.doors.cockpit.stages import REACHED
from ombud.foundation.people.models import Person
from ombud.spine.escalations import actions, queries
from ombud.spine.ladders import actions as ladders
from ombud.spine.tickets.queries import visible_to

BRIEF = ("title", "impact", "understood", "needs", "workaround", "fix", "do_say", "do_not_say")


@deed
def take_over(request, escalation):
    """I lead it from now on."""
    actions.take_over(escalation, by=request.user, now=timezone.now())
    return done(request, _("You lead it now."), back=page_of(escalation))


@deed
def hand_over(request, escalation):
    """Somebody else leads it from now on, and is told."""
    asked = request.POST.get("person", "")
    person = get_object_or_404(Person.objects.working(), pk=int(asked) if asked.isdigit() else 0)
    actions.hand_over(escalation, person, by=request.user, now=timezone.now())
    return done(request, _("%(name)s leads it now.") % {"name": person.name}, back=page_of(escalation))


@deed
def climb(request, escalation):
    """Tell the next rung at once, on the main ticket."""
    main = queries.main_ticket(escalation)
    ticket = visible_to(request.user).select_related("case", "account").get(pk=main.pk if main else 0)
    climbed = ladders.climb_now(ticket, by=request.user, now=timezone.now())
    words = _("Rung %(rung)s of “%(ladder)s” is told.") % {"rung": climbed.rung, "ladder": climbed.ladder}
    return done(request, words, back=page_of(escalation))


@deed
def reach(request, escalation):
    """It comes a stage further."""
    stage = request.POST.get("stage", "")
    if stage not in REACHED:
        raise Http404
    actions.reach(escalation, stage, by=request.user, now=timezone.now())
    return done(request, REACHED[stage], back=page_of(escalation))


@deed
def set_levels(request, escalation):
    """How badly and how soon it hurts."""
    levels = {name: request.POST.get(name) or None for name in ("severity", "urgency")}
    actions.set_levels(escalation, **levels, by=request.user, now=timezone.now())
    escalation.refresh_from_db()
    words = _("The matrix makes it %(priority)s.") % {"priority": escalation.priority.upper()}
    return done(request, words, back=page_of(escalation))


@deed
def set_brief(request, escalation):
    """What is known about it."""
    fields = {name: request.POST[name].strip() for name in BRIEF if name in request.POST}
    if "at_risk" in request.POST:
        fields["at_risk"] = minor_units(request.POST["at_risk"], escalation.currency)
    actions.set_brief(escalation, **fields, by=request.user, now=timezone.now())
    return done(request, _("Written down."), back=page_of(escalation))


@deed
def decide(request, escalation):
    """What was decided, and on what information."""
    what, basis = request.POST.get("what", ""), request.POST.get("basis", "")
    actions.decide(escalation, what, basis, by=request.user, now=timezone.now())
    return done(request, _("The decision is written down."), back=page_of(escalation))


@deed
def de_escalate(request, escalation):
    """It is none any more."""
    actions.de_escalate(escalation, request.POST.get("why", ""), by=request.user, now=timezone.now())
    return done(request, _("It is no escalation any more; its tickets go on."), back=page_of(escalation))
