"""One broadcast: its words, who gets them, and sending it."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.doors.cockpit import broadcasting
from ombud.doors.cockpit.answers import done
from ombud.doors.cockpit.incident_answers import broadcast_at, broadcast_deed, broadcast_page, incident_deed
from ombud.features.broadcasts import actions
from ombud.features.broadcasts.models import Purpose, Wording
from ombud.foundation.people.models import Person


@incident_deed
def begin(request, incident):
    """Begin one: new news, the same for others, or a correction."""
    asked = {name: request.POST.get(name, "") for name in ("purpose", "same_as", "corrects")}
    purpose = asked["purpose"] if asked["purpose"] in Purpose.values else Purpose.UPDATE
    broadcast = actions.begin(
        incident,
        purpose=purpose,
        same_as=_earlier(incident, asked["same_as"]),
        corrects=_earlier(incident, asked["corrects"]),
        by=request.user,
        now=timezone.now(),
    )
    return redirect(broadcast_at(broadcast))


def _earlier(incident, number):
    if not (number.isascii() and number.isdigit()):
        return None
    return incident.broadcasts.filter(number=int(number)).first()


@broadcast_page
def one(request, broadcast):
    """Its words side by side, a letter as it will be read, or its recipients."""
    at = request.GET.get("at", "")
    context = broadcasting.of(
        broadcast,
        request.user,
        now=timezone.now(),
        show=request.GET.get("show", ""),
        at=int(at) if at.isascii() and at.isdigit() else 0,
        state=request.GET.get("state", ""),
        language=request.GET.get("language", ""),
    )
    response = render(request, "cockpit/broadcast.html", context, using="jinja2")
    response["Cache-Control"] = "no-store"
    return response


@broadcast_deed
def write(request, broadcast):
    """Keep the words of a language."""
    said = {name: request.POST.get(name, "") for name in ("language", "subject", "text")}
    was = broadcast.is_running
    wording = actions.write(broadcast, **said, by=request.user, now=timezone.now())
    words = _("Version %(number)s is kept.") % {"number": wording.number}
    if was:
        words = _("Version %(number)s is kept. Sending stopped until it is approved.") % {
            "number": wording.number
        }
    return done(request, words, back=broadcast_at(broadcast))


@broadcast_deed
def approve(request, broadcast, wording):
    """Approve a version, as it was read: another text than the one on the page is not."""
    found = get_object_or_404(Wording, pk=wording, broadcast=broadcast)
    if request.POST.get("read", "") != found.written_at.isoformat():
        raise ValidationError(_("It was changed since you opened this page. Read it again."))
    actions.approve(found, by=request.user, now=timezone.now())
    words = _("Approved: %(language)s, version %(number)s.")
    about = {"language": broadcasting.language_name(found.language), "number": found.number}
    return done(request, words % about, back=broadcast_at(broadcast))


@broadcast_deed
def ask(request, broadcast):
    """Ask somebody to approve."""
    asked = request.POST.get("person", "")
    person = get_object_or_404(Person.objects.working(), pk=int(asked) if asked.isdigit() else 0)
    actions.ask_approval(broadcast, person, by=request.user, now=timezone.now())
    return done(
        request, _("%(name)s is asked to approve.") % {"name": person.name}, back=broadcast_at(broadcast)
    )


@broadcast_deed
def list_them(request, broadcast):
    """List everybody who is affected now."""
    actions.list_recipients(broadcast, by=request.user, now=timezone.now())
    return done(request, _("Listing them."), back=broadcast_at(broadcast))


@broadcast_deed
def send(request, broadcast):
    """Send it, or go on."""
    actions.send(broadcast, by=request.user, now=timezone.now())
    return done(request, _("It is being sent."), back=broadcast_at(broadcast))


@broadcast_deed
def stop(request, broadcast):
    """Nobody else is written to."""
    actions.stop(broadcast, by=request.user, now=timezone.now())
    left = broadcast.recipients.filter(state="sending").count()
    words = ngettext(
        "Stopped. %(num)s letter was on its way already.",
        "Stopped. %(num)s letters were on their way already.",
        left,
    )
    return done(request, words % {"num": left}, back=broadcast_at(broadcast))
