"""May this ticket be acknowledged?"""

from collections import Counter
from datetime import timedelta
from functools import cached_property

from django.db.models import Count

from ombud.foundation.people.models import Company
from ombud.foundation.post.queries import default_mailbox, is_our_address, mailboxes
from ombud.spine.tickets.models import Message

from .models import Acknowledging

MOST_IN_AN_HOUR = 5  # to one customer; more are a machine that opens a ticket with each answer of ours
TOO_OLD = timedelta(days=3)  # longer than a weekend without power; older mail comes from an archive

Outcome = Acknowledging.Outcome


def why_not(ticket, round_, now):
    """The outcome that speaks against an acknowledgement; empty when nothing does."""
    customer, mailbox = ticket.customer, ticket.mailbox or round_.default_mailbox
    first, kinds = first_message(ticket), {message.kind for message in ticket.messages.all()}
    reasons = (
        (Outcome.MERGED_AWAY, lambda: ticket.merged_into_id is not None),
        (Outcome.NO_ADDRESS, lambda: not customer.email),
        (Outcome.SWITCHED_OFF, lambda: mailbox is None or not mailbox.acknowledges),
        (Outcome.AUTOMATIC, lambda: first is None or first.auto),
        (Outcome.ALREADY, lambda: Message.Kind.ACKNOWLEDGEMENT in kinds),
        (Outcome.ANSWERED, lambda: Message.Kind.REPLY in kinds),
        (Outcome.BLOCKED, lambda: customer.blocked_at is not None),
        (Outcome.OLD, lambda: now - first.happened_at > TOO_OLD),
        (Outcome.OUR_OWN, lambda: round_.is_ours(customer.email)),
        (Outcome.TOO_MANY, lambda: round_.sent_lately[customer.pk] >= MOST_IN_AN_HOUR),
    )
    return next((outcome for outcome, speaks_against in reasons if speaks_against()), Outcome.WAITING)


def first_message(ticket):
    """What the customer said first, or None."""
    return next((m for m in ticket.messages.all() if m.kind == Message.Kind.RECEIVED), None)


class Round:
    """What is asked once for all the tickets of a batch."""

    def __init__(self, tickets, now):
        self.customers = {ticket.customer_id for ticket in tickets}
        self.now = now

    @cached_property
    def company(self):
        """Whose desk this is; None before it was said."""
        return Company.ours()

    @cached_property
    def default_mailbox(self):
        """For tickets that came through none."""
        return default_mailbox()

    @cached_property
    def sent_lately(self):
        """How many acknowledgements each of their customers got within the last hour, by customer id."""
        sent = Acknowledging.objects.filter(ticket__customer__in=self.customers, outcome=Outcome.SENT)
        lately = sent.filter(done_at__gt=self.now - timedelta(hours=1))
        counted = lately.values("ticket__customer").annotate(sent=Count("pk"))
        return Counter({row["ticket__customer"]: row["sent"] for row in counted.order_by()})

    @cached_property
    def _domains(self):
        return {mailbox.address.rpartition("@")[2] for mailbox in mailboxes()}

    def is_ours(self, address):
        """Whether mail to this address comes back to ourselves."""
        return address.lower().rpartition("@")[2] in self._domains and is_our_address(address)
