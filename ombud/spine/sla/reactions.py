"""What happens to a ticket, as far as promises are concerned, in the same transaction."""

from django.utils import translation

from ombud.foundation.people import events as people
from ombud.foundation.people.models import Company
from ombud.spine.tickets import events as tickets
from ombud.spine.tickets.models import Ticket

from . import happenings
from .actions import begin_with_standard, keeping
from .models import Agreement


@people.DESK_OPENED.reaction
def promise_something(event):
    """A new desk promises something from its first ticket on, in the company's words."""
    with translation.override(Company.ours().language):
        begin_with_standard(by=event.actor, now=event.happened_at)


@tickets.OPENED.batch_reaction
def promise_what_is_due(opened):
    """New tickets are promised what their policy says."""
    by_id = happenings.opened_tickets(opened)
    waiting = []
    for event in opened:
        ticket, message = by_id[event.data["ticket"]]
        if message and not happenings.is_old(message.happened_at, event.happened_at):
            waiting.append((ticket, happenings.owed_since(message)))
    keeping.begin(waiting, now=opened[0].happened_at, by=opened[0].actor)


def _read(event):
    with keeping.book_of(event.data["ticket"], now=event.happened_at, by=event.actor) as book:
        if book:
            happenings.READ[event.verb](book, event)


for _verb in happenings.HEARD:
    _verb.reaction(_read)


@tickets.PRIORITY_SET.reaction
def by_priority(event):
    """Another priority, other targets."""
    _agree_again(event, "priority")


@tickets.SEVERITY_SET.reaction
def by_severity(event):
    """A policy may hold for a severity."""
    _agree_again(event, "severity")


@tickets.CUSTOMER_SET.reaction
def by_customer(event):
    """Another customer may have another tier."""
    _agree_again(event, "customer")


@tickets.TAGGED.reaction
@tickets.UNTAGGED.reaction
def by_tag(event):
    """A policy may hold for a tag."""
    _agree_again(event, "tag")


def _agree_again(event, why):
    if not Agreement.objects.filter(pk=event.data["ticket"]).exists():
        return
    ticket = Ticket.objects.select_related("account").get(pk=event.data["ticket"])
    keeping.agree_again(ticket, why, now=event.happened_at, by=event.actor)
