"""Incidents: the list, one of them, who is affected, and what agents are told."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ombud.doors.cockpit import incident_page
from ombud.doors.cockpit.answers import desk_page, done, refused
from ombud.doors.cockpit.incident_answers import incident_at, incident_deed
from ombud.doors.cockpit.incident_answers import incident_page as page_about
from ombud.features.broadcasts import actions, queries
from ombud.features.broadcasts.models import Kind, Reason
from ombud.foundation.people.models import Team
from ombud.foundation.people.permissions import ANSWER, require
from ombud.spine.tickets.queries import by_number as ticket_by_number

TEXTS = ("reference", "scope", "do_say", "do_not_say", "answers")


@desk_page
def overview(request):
    """Every incident that is open, or all."""
    context = incident_page.overview(request.user, request.GET.get("show", ""))
    context |= {"now": timezone.now(), "place": _("Incidents")}
    return render(request, "cockpit/incidents.html", context, using="jinja2")


@page_about
def one(request, incident):
    """One incident: who is affected and why, what they were told, and what agents may say."""
    after = request.GET.get("after", "")
    context = incident_page.of(
        incident,
        request.user,
        now=timezone.now(),
        reason=request.GET.get("reason", ""),
        after=int(after) if after.isascii() and after.isdigit() else 0,
        out="out" in request.GET,
    )
    response = render(request, "cockpit/incident.html", context, using="jinja2")
    response["Cache-Control"] = "no-store"
    return response


@desk_page
def new(request):
    """Write one down; from a ticket it is put on at once, from an escalation its tickets are."""
    person, now = request.user, timezone.now()
    require(person, ANSWER)
    asked = request.POST if request.method == "POST" else request.GET
    errors = {}
    if request.method == "POST":
        try:
            return redirect(incident_at(_opened(request, person, now)))
        except ValidationError as error:
            errors = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    ticket = _ticket(person, asked.get("ticket", ""))
    escalation = incident_page.escalation_numbered(person, asked.get("escalation", ""))
    context = {
        "now": now,
        "errors": errors,
        "asked": asked,
        "ticket": ticket,
        "escalation": escalation,
        "title": asked.get("title") or (escalation.title if escalation else ticket.subject if ticket else ""),
        "kind": asked.get("kind") if asked.get("kind") in Kind.values else Kind.OUTAGE,
        "fields": incident_page.choices(person),
    }
    return render(
        request, "cockpit/incident_new.html", context, using="jinja2", status=422 if errors else 200
    )


def _opened(request, person, now):
    incident = actions.open_incident(
        _kind(request), request.POST.get("title", ""), **_fields(request, person), by=person, now=now
    )
    ticket = _ticket(person, request.POST.get("ticket", ""))
    if ticket and incident.kind == Kind.DEFECT:
        actions.report(incident, ticket, by=person, now=now)
    elif ticket:
        actions.put_on(incident, [ticket.number], by=person, now=now)
    if incident.escalation_id:
        actions.find(incident, Reason.ESCALATION, by=person, now=now)
    messages.success(request, _("%(incident)s is written down.") % {"incident": incident})
    return incident


@incident_deed
def change(request, incident):
    """Write its brief, or what it is called, anew."""
    fields = _fields(request, request.user)
    if "title" in request.POST:
        fields |= {"title": request.POST["title"], "kind": _kind(request)}
    actions.change_incident(incident, **fields, by=request.user, now=timezone.now())
    return done(
        request, _("Written down: agents read it on every affected ticket."), back=incident_at(incident)
    )


@incident_deed
def fix(request, incident):
    """It is over, or its fix has shipped."""
    actions.fix(incident, version=request.POST.get("version", ""), by=request.user, now=timezone.now())
    return done(request, _("Marked as fixed. Now tell those who wait for it."), back=incident_at(incident))


@incident_deed
def reopen(request, incident):
    """It is not fixed after all."""
    actions.reopen(incident, by=request.user, now=timezone.now())
    return done(request, _("It is open again."), back=incident_at(incident))


@incident_deed
def find(request, incident):
    """Ask who is affected, or put tickets on by their numbers."""
    person, now = request.user, timezone.now()
    reason, words = request.POST.get("reason", ""), request.POST.get("words", "")
    if reason == Reason.HAND:
        numbers = [int(number) for number in re.findall(r"\d{1,14}", words)]
        listed = actions.put_on(incident, numbers, by=person, now=now)
        said = ngettext("%(num)s ticket was listed.", "%(num)s tickets were listed.", listed) % {
            "num": listed
        }
        return done(request, said, back=incident_at(incident))
    if reason not in Reason.values:
        raise ValidationError(_("Say by what they are found."))
    since = incident_page.since_of(request.POST.get("since", ""), now)
    actions.find(incident, reason, words, since=since, by=person, now=now)
    return done(request, _("Looking for them."), back=incident_at(incident))


@incident_deed
def again(request, incident, finding):
    """Look again for what came since."""
    found = incident.findings.get(pk=finding)
    actions.look_again(found, by=request.user, now=timezone.now())
    return done(request, _("Looking for them."), back=incident_at(incident))


@incident_deed
def exclude(request, incident, affected):
    """Leave somebody out."""
    row = incident.affected.select_related("customer").get(pk=affected)
    actions.exclude(incident, row.pk, request.POST.get("why", ""), by=request.user, now=timezone.now())
    words = _("%(name)s is not told.") % {"name": row.customer}
    undo = reverse("cockpit:incident_include", args=[incident.number, row.pk])
    return done(request, words, back=incident_at(incident), undo=undo)


@incident_deed
def include(request, incident, affected):
    """Tell them after all."""
    row = incident.affected.select_related("customer").get(pk=affected)
    actions.include(incident, row.pk, by=request.user, now=timezone.now())
    return done(request, _("%(name)s is told.") % {"name": row.customer}, back=incident_at(incident))


@require_POST
@desk_page
def report(request, ticket):
    """On a ticket's page: it reports this defect."""
    found = ticket_by_number(request.user, ticket)
    back = reverse("workspace:ticket", args=[found.number])
    asked = request.POST.get("incident", "")
    defects = queries.defects_open()
    defect = defects.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    try:
        if defect is None:
            raise ValidationError(_("Choose a defect."))
        actions.report(defect, found, by=request.user, now=timezone.now())
    except ValidationError as error:
        return refused(request, error, back)
    words = _("#%(ticket)s reports %(incident)s. Its customer hears when the fix ships.")
    return done(request, words % {"ticket": found.number, "incident": defect}, back=back)


@require_POST
@desk_page
def rule(request):
    """How broadcasts are approved and sent on this desk."""
    asked = request.POST.get("per_minute", "")
    back = reverse("cockpit:incidents")
    try:
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else -1
        actions.keep_rule(
            two_people="two_people" in request.POST, per_minute=number, by=request.user, now=timezone.now()
        )
    except ValidationError as error:
        return refused(request, error, back)
    return done(request, _("It holds for broadcasts that are begun from now on."), back=back)


def _fields(request, person):
    fields = {name: request.POST[name] for name in TEXTS if name in request.POST}
    if "team" in request.POST:
        asked = request.POST["team"]
        teams = Team.objects.filter(archived_at=None)
        fields["team"] = teams.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    if "escalation" in request.POST:
        fields["escalation"] = incident_page.escalation_numbered(person, request.POST["escalation"])
    return fields


def _kind(request):
    kind = request.POST.get("kind", "")
    if kind not in Kind.values:
        raise ValidationError({"kind": _("Say whether it is an outage or a defect.")})
    return kind


def _ticket(person, number):
    if not (number.isascii() and number.isdigit() and len(number) < 15):
        return None
    return ticket_by_number(person, int(number))
