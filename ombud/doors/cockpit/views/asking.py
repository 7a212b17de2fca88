"""Asking a technical owner how it stands."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.doors.cockpit.answers import deed, done, page_of
from ombud.features.quiet_status import actions
from ombud.features.quiet_status.models import Way
from ombud.foundation.people.models import Person
from ombud.ui.times import when_words


@deed
def ask_status(request, escalation):
    """One of its technical owners is asked; the answer says when it reaches them."""
    person = get_object_or_404(Person, pk=_number(request), stakes__escalation=escalation)
    now, question = timezone.now(), request.POST.get("question", "")
    asked = actions.ask(escalation, person, question=question, by=request.user, now=now)
    return done(request, _said(asked, now), back=page_of(escalation))


def _said(asked, now):
    about = {"name": asked.person.name, "time": when_words(asked.goes_at, now)}
    if asked.goes_at <= now:
        return _("%(name)s is asked now: the answer would come too late otherwise.") % about
    if asked.way == Way.INTERRUPTION:
        return _("%(name)s is asked at %(time)s, as soon as they may be interrupted.") % about
    return _("%(name)s is asked at %(time)s, with everything else.") % about


def _number(request):
    value = request.POST.get("person", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 15 else 0
