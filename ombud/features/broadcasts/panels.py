"""What incidents add to the page of a ticket and of an escalation."""

from django.urls import NoReverseMatch, reverse

from ombud.foundation.people.permissions import ANSWER, may
from ombud.ui.panels import Panel

from . import queries


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


def defects_on_ticket(ticket, person, now):
    """A section beside it: the defects that it reports, and a button that says it reports one."""
    if not may(person, ANSWER):
        return None
    reported = {incident.pk for incident, _row in queries.incidents_on_ticket(ticket)}
    others = [one for one in queries.defects_open()[:50] if one.pk not in reported]
    new = _address("cockpit:incident_new", query=f"kind=defect&ticket={ticket.number}")
    to = _address("cockpit:incident_report", ticket.number)
    if not to or (reported and not others):
        return None
    return Panel(
        "broadcasts/defects.html",
        {"others": [(one.pk, _named(one)) for one in others], "report": to, "new": new},
    )


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
