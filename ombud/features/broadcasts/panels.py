"""What incidents add to the page of a ticket and of an escalation."""

from django.db.models import Exists
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import ANSWER, may
from ombud.spine.tickets.models import Ticket
from ombud.ui.panels import ABOUT, Panel, only_where

from . import events, queries
from .models import Affected, Reason


def _affected():
    return Affected.objects.filter(ticket=ABOUT)


def _others_open():
    """Defects that it may report still."""
    return queries.defects_open().exclude(pk__in=_affected().values("incident"))


def _none_open():
    """A ticket that reports none, on a desk where none is open."""
    nothing = ~Exists(queries.defects_open())
    return Ticket.objects.filter(nothing, pk=ABOUT)


@only_where(_affected)
def brief_on_ticket(ticket, person, now):
    """A strip over the conversation: what one may say about what this ticket is affected by, and what not."""
    found = [pair for pair in queries.incidents_on_ticket(ticket) if _concerns(pair[0], ticket)]
    if not found:
        return None
    told = queries.told_on(ticket, [incident.pk for incident, _row in found])
    return Panel(
        "broadcasts/brief.html",
        {"incidents": [(one, row, told.get(one.pk, ()), _page_of(one)) for one, row in found]},
        where="above",
    )


@only_where(_others_open)
def defects_on_ticket(ticket, person, now):
    """A section beside it: a button that says that it reports one of the open defects."""
    to = _address("cockpit:incident_report", ticket.number)
    if not (to and may(person, ANSWER)):
        return None
    others = queries.defects_open().exclude(affected__ticket=ticket)[:50]
    choices = [(one.pk, _named(one)) for one in others]
    return Panel("broadcasts/defects.html", {"others": choices, "report": to, "new": _log(ticket)})


@only_where(_none_open)
def log_on_ticket(ticket, person, now):
    """Where no defect is open: how to log one."""
    new = _log(ticket) if may(person, ANSWER) else ""
    return Panel("broadcasts/defects.html", {"others": (), "report": "", "new": new}) if new else None


def timeline():
    """What the timeline of a ticket says of incidents."""

    def listed(data):
        return _("An incident affects it: %(reason)s") % {"reason": Reason(data["reason"]).label}

    return {events.AFFECTED.name: ("megaphone", listed)}


def on_escalation(escalation, person, now):
    """The incidents behind an escalation: how many are affected, how many were told."""
    found = list(queries.incidents_of_escalation(escalation))
    new = _address("cockpit:incident_new", query=f"escalation={escalation.number}")
    if not (found or (new and escalation.is_open and may(person, ANSWER))):
        return None
    seen = set(
        queries.visible_to(person).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True)
    )
    counts = queries.affected_counts([one.pk for one in found])
    told = queries.customers_told([one.pk for one in found])
    rows = [
        (one, counts[one.pk], told.get(one.pk, 0), _page_of(one) if one.pk in seen else "") for one in found
    ]
    offered = new if escalation.is_open and may(person, ANSWER) else ""
    return Panel("broadcasts/of_escalation.html", {"incidents": rows, "new": offered})


def _concerns(incident, ticket):
    """Open ones; a fixed one as long as its brief says something, or the ticket is not done."""
    return incident.is_open or incident.has_brief or not ticket.is_done


def _log(ticket):
    return _address("cockpit:incident_new", query=f"kind=defect&ticket={ticket.number}")


def _named(incident):
    return f"{incident} {incident.title}"


def _page_of(incident):
    return _address("cockpit:incident", incident.number)


def _address(name, *args, query=""):
    """The address of a page of a door; empty when that door was taken out of the house."""
    try:
        return reverse(name, args=args) + (f"?{query}" if query else "")
    except NoReverseMatch:
        return ""
