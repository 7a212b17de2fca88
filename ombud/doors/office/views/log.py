"""The log: what happened lately, to a ticket or by a person, in sentences."""

from django.utils.translation import gettext as _

from ombud.doors.office.guard import asks
from ombud.doors.office.lists import page_before
from ombud.doors.office.pages import page
from ombud.foundation.events.models import Event
from ombud.foundation.people.models import Person, Token
from ombud.foundation.people.permissions import ADMINISTER
from ombud.spine.tickets.models import Ticket

from .telling import told

PAGE = 100
TOKEN = "token-"  # before the id of a token, where the id of a person may stand


@asks(ADMINISTER)
def log(request):
    """A hundred events a page, the newest first; of one ticket, of one person, or of all."""
    number, who = request.GET.get("ticket", "").strip().lstrip("#"), request.GET.get("person", "")
    events, problem = Event.objects.all(), ""
    if number:
        ticket = (
            Ticket.objects.filter(number=int(number)).first()
            if number.isdigit() and len(number) < 15
            else None
        )
        problem = "" if ticket else _("There is no ticket with this number.")
        events = events.filter(case=ticket.pk) if ticket else events.none()
    events = _by(who, events)
    events = events.select_related(
        "actor",
        "token",
        "case__ticket",
        "case__escalation",
        "case__customer",
        "case__account",
        "case__person",
    )
    rows, more = page_before(events.order_by("-pk"), request.GET.get("before", ""), PAGE)
    return page(
        request,
        "log",
        happenings=told(rows),
        more=more,
        number=number,
        who=who,
        problem=problem,
        people=[
            ("", _("Everybody")),
            *Person.objects.values_list("pk", "name"),
            *((f"{TOKEN}{pk}", _("API token “%(name)s”") % {"name": name}) for pk, name in _tokens()),
        ],
    )


def _by(who, events):
    """Those by a person, or by a machine with its token."""
    token = who.removeprefix(TOKEN)
    if who.startswith(TOKEN) and token.isdigit():
        return events.filter(token=int(token))
    return events.filter(actor=int(who)) if who.isdigit() else events


def _tokens():
    return Token.objects.order_by("name", "pk").values_list("pk", "name")
