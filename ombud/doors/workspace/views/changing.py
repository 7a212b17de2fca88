"""Deeds on one ticket or on many: who has it, its state, its tags, its sleep; merging, splitting, linking."""

from babel.dates import format_date
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.doors.workspace import sleeping, undoing
from ombud.doors.workspace.answers import deed, done, page_of
from ombud.foundation.people.models import Customer, Person, Team
from ombud.spine.tickets import actions, queries
from ombud.spine.tickets.models import Status, Ticket
from ombud.ui.locales import reader_locale

MOST = 300  # tickets that are changed at once


@deed
def change(request, number, what):
    """Change one thing of one ticket."""
    return _changed(request, [queries.by_number(request.user, number)], what)


@deed
def change_many(request, what):
    """Change one thing of all tickets that were chosen."""
    numbers = [int(n) for n in request.POST.getlist("tickets") if n.isascii() and n.isdigit()][:MOST]
    tickets = list(queries.visible_to(request.user).filter(number__in=numbers).select_related("case"))
    if not tickets:
        raise ValidationError(_("Choose at least one ticket."))
    if what == "merge":
        return _merged(request, tickets)
    return _changed(request, tickets, what)


def _changed(request, tickets, what):
    if what not in DEEDS:
        raise Http404
    kept, do = DEEDS[what]
    now = timezone.now()
    undo = undoing.remember(request, tickets, kept) if kept else None
    with transaction.atomic():
        words = do(request, tickets, now)
    one = tickets[0] if len(tickets) == 1 else None
    back = page_of(one) if one else reverse("workspace:inbox")
    return done(request, words, back=back, undo=undo)


def _assignee(request, tickets, now):
    value = request.POST.get("assignee_now") or request.POST.get("assignee", "")
    person = request.user if value == "me" else _row(Person.objects.working(), value)
    for ticket in tickets:
        actions.assign(ticket, person, by=request.user, now=now)
    if person is None:
        return _counted(
            tickets,
            _("Nobody has it now."),
            "%(n)s ticket is nobody’s now.",
            "%(n)s tickets are nobody’s now.",
        )
    said = _("%(name)s has it now.") % {"name": person.name}
    return said if len(tickets) == 1 else f"{said} ({len(tickets)})"


def _team(request, tickets, now):
    team = _row(Team.objects.filter(archived_at=None), request.POST.get("team", ""))
    for ticket in tickets:
        actions.set_team(ticket, team, by=request.user, now=now)
    return _("Now with the team %(name)s.") % {"name": team.name} if team else _("Without a team now.")


def _status(request, tickets, now):
    status = request.POST.get("status", "")
    for ticket in tickets:
        actions.set_status(ticket, status, by=request.user, now=now)
    return _counted(tickets, Status(status).label, "%(n)s ticket: ", "%(n)s tickets: ", Status(status).label)


def _tags(request, tickets, now):
    names = request.POST.getlist("tags")
    for ticket in tickets:
        actions.set_tags(ticket, names, by=request.user, now=now)
    return _("Tags changed.")


def _add_tag(request, tickets, now):
    for name in request.POST.getlist("tag"):
        for ticket in tickets:
            actions.tag(ticket, name, by=request.user, now=now)
    return _("Tagged.")


def _remove_tag(request, tickets, now):
    for ticket in tickets:
        actions.untag(ticket, request.POST.get("tag", ""), by=request.user, now=now)
    return _("Tag taken off.")


def _sleep(request, tickets, now):
    until = sleeping.until(request.POST.get("at") or request.POST.get("until", ""), now)
    for ticket in tickets:
        actions.snooze(ticket, until, by=request.user, now=now)
    local = timezone.localtime(until)
    return _("Sleeps until %(day)s %(time)s.") % {
        "day": format_date(local, "d MMM", locale=reader_locale()),
        "time": f"{local:%H:%M}",
    }


def _wake(request, tickets, now):
    for ticket in tickets:
        actions.wake(ticket, by=request.user, now=now)
    return _("Awake again.")


def _severity(request, tickets, now):
    for ticket in tickets:
        actions.set_severity(ticket, request.POST.get("severity", ""), by=request.user, now=now)
    return _("Severity changed.")


def _urgency(request, tickets, now):
    for ticket in tickets:
        actions.set_urgency(ticket, request.POST.get("urgency", ""), by=request.user, now=now)
    return _("Urgency changed.")


def _levels(request, tickets, now):
    for ticket in tickets:
        actions.set_severity(ticket, request.POST.get("severity", ""), by=request.user, now=now)
        actions.set_urgency(ticket, request.POST.get("urgency", ""), by=request.user, now=now)
    return _("The matrix makes it %(priority)s.") % {"priority": tickets[0].priority.upper()}


def _priority(request, tickets, now):
    for ticket in tickets:
        if request.POST.get("priority"):
            reason = request.POST.get("reason", "")
            actions.overrule_priority(ticket, request.POST["priority"], reason, by=request.user, now=now)
        else:
            actions.follow_matrix(ticket, by=request.user, now=now)
    return _("Priority %(priority)s.") % {"priority": tickets[0].priority.upper()}


def _subject(request, tickets, now):
    for ticket in tickets:
        actions.rename(ticket, request.POST.get("subject", ""), by=request.user, now=now)
    return _("Subject changed.")


def _customer(request, tickets, now):
    customer = _row(Customer.objects.all(), request.POST.get("customer", ""))
    if customer is None:
        raise ValidationError(_("Choose a customer."))
    for ticket in tickets:
        actions.set_customer(ticket, customer, by=request.user, now=now)
    return _("It belongs to %(name)s now.") % {"name": customer}


DEEDS = {
    "assign": ("assignee", _assignee),
    "team": ("team", _team),
    "status": ("status", _status),
    "tags": ("tags", _tags),
    "tag": ("tags", _add_tag),
    "untag": ("tags", _remove_tag),
    "snooze": ("sleep", _sleep),
    "wake": ("sleep", _wake),
    "severity": ("severity", _severity),
    "urgency": ("urgency", _urgency),
    "levels": (None, _levels),
    "priority": (None, _priority),
    "subject": ("subject", _subject),
    "customer": (None, _customer),
}


@deed
def merge(request, number):
    """Everything said on this ticket moves to another one, and one goes there."""
    ticket, into = queries.by_number(request.user, number), _other(request)
    actions.merge(ticket, into, by=request.user, now=timezone.now())
    words = _("#%(from)s was merged into #%(into)s.") % {"from": ticket.number, "into": into.number}
    return done(request, words, back=page_of(into), go=page_of(into))


def _merged(request, tickets):
    into, *others = sorted(tickets, key=lambda ticket: ticket.number)
    with transaction.atomic():
        for ticket in others:
            actions.merge(ticket, into, by=request.user, now=timezone.now())
    words = ngettext(
        "%(n)s ticket was merged into #%(into)s.", "%(n)s tickets were merged into #%(into)s.", len(others)
    )
    words %= {"n": len(others), "into": into.number}
    return done(request, words, back=page_of(into), go=page_of(into))


@deed
def split(request, number):
    """Some messages become a ticket of their own, and one goes there."""
    ticket = queries.by_number(request.user, number)
    chosen = ticket.messages.filter(pk__in=[n for n in request.POST.getlist("messages") if n.isdigit()])
    new = actions.split(ticket, chosen.select_related("by_customer"), by=request.user, now=timezone.now())
    return done(request, _("This is ticket #%s now.") % new.number, back=page_of(new), go=page_of(new))


@deed
def link(request, number):
    """Say that another ticket has to do with this one."""
    ticket, other = queries.by_number(request.user, number), _other(request)
    actions.link(ticket, other, by=request.user, now=timezone.now())
    return done(request, _("Linked with #%s.") % other.number, back=page_of(ticket))


@deed
def unlink(request, number):
    """Take a link away."""
    ticket, other = queries.by_number(request.user, number), _other(request)
    actions.unlink(ticket, other, by=request.user, now=timezone.now())
    return done(request, _("No longer linked with #%s.") % other.number, back=page_of(ticket))


@deed
def undo(request, name):
    """Take a change back."""
    n = undoing.take_back(request, name, now=timezone.now())
    words = ngettext("Undone on %(n)s ticket.", "Undone on %(n)s tickets.", n) % {"n": n}
    return done(request, words, back=reverse("workspace:inbox"))


def _other(request):
    asked = request.POST.get("other", "").strip().lstrip("#")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 15):
        raise ValidationError(_("Choose a ticket by its number."))
    try:
        return queries.by_number(request.user, int(asked))
    except Ticket.DoesNotExist:
        raise ValidationError(_("There is no ticket #%s that you may see.") % asked) from None


def _row(rows, value):
    """The row that a form named; None for an empty value."""
    if not value or value == "none":
        return None
    return get_object_or_404(rows, pk=int(value) if value.isascii() and value.isdigit() else 0)


def _counted(tickets, one, singular, plural, more=""):
    if len(tickets) == 1:
        return one
    return ngettext(singular, plural, len(tickets)) % {"n": len(tickets)} + str(more)
