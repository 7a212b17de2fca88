"""What there is on a ticket at all, in one statement: the page then asks only for that."""

from functools import cache

from ombud.foundation.notifications.queries import unread
from ombud.foundation.people.models import AccountSeat
from ombud.lib.glance import Glance
from ombud.lib.prepared import Slot
from ombud.spine.escalations.models import Asking
from ombud.spine.escalations.queries import involved_now
from ombud.spine.ladders.models import Climb
from ombud.spine.sla.queries import promises_of
from ombud.spine.sla.shown import offers_to
from ombud.spine.tickets.models import Attachment, Draft, Tagging
from ombud.spine.tickets.queries import links_of
from ombud.ui.panels import ABOUT, NOW, PERSON, questions

from . import presence

QUESTIONS = {
    "notices": lambda: unread(PERSON).filter(case=ABOUT),
    "drafts": lambda: Draft.objects.filter(ticket=ABOUT),
    "files": lambda: Attachment.objects.filter(message__ticket=ABOUT),
    "tags": lambda: Tagging.objects.filter(ticket=ABOUT),
    "others": lambda: presence.beside(ABOUT, PERSON, NOW),
    "links": lambda: links_of(ABOUT),
    "seats": lambda: AccountSeat.objects.filter(account=Slot("account")),
    "climbs": lambda: Climb.objects.open().filter(ticket=ABOUT),
    "escalation": lambda: involved_now().filter(ticket=ABOUT),
    "asking": lambda: Asking.objects.filter(ticket=ABOUT, settled_at=None),
    "promises": lambda: promises_of(ABOUT),
    "offers": lambda: offers_to(PERSON, NOW).filter(ticket=ABOUT),
}


def at(ticket, person, now):
    """{what: whether there is any}, with what the panels of other rooms ask."""
    return _glance()(about=ticket.pk, account=ticket.account_id, person=person.pk, now=now)


@cache
def _glance():
    return Glance(QUESTIONS | questions("ticket_panels"))
