"""May this ticket be acknowledged?"""

from datetime import timedelta

from ombud.foundation.post.queries import default_mailbox, is_our_address
from ombud.spine.tickets.models import Message

from .models import Acknowledging

MOST_IN_AN_HOUR = 5  # to one customer; more are a machine that opens a ticket with each answer of ours
TOO_OLD = timedelta(days=3)  # longer than a weekend without power; older mail comes from an archive

Outcome = Acknowledging.Outcome


def why_not(ticket, first_message, now):
    """The outcome that speaks against an acknowledgement; empty when nothing does."""
    customer, mailbox = ticket.customer, ticket.mailbox or default_mailbox()
    kinds = set(ticket.messages.values_list("kind", flat=True))
    reasons = (
        (Outcome.MERGED_AWAY, lambda: ticket.merged_into_id is not None),
        (Outcome.NO_ADDRESS, lambda: not customer.email),
        (Outcome.SWITCHED_OFF, lambda: mailbox is None or not mailbox.acknowledges),
        (Outcome.AUTOMATIC, lambda: first_message is None or first_message.auto),
        (Outcome.ALREADY, lambda: Message.Kind.ACKNOWLEDGEMENT in kinds),
        (Outcome.ANSWERED, lambda: Message.Kind.REPLY in kinds),
        (Outcome.BLOCKED, lambda: customer.blocked_at is not None),
        (Outcome.OLD, lambda: now - first_message.happened_at > TOO_OLD),
        (Outcome.OUR_OWN, lambda: is_our_address(customer.email)),
        (Outcome.TOO_MANY, lambda: sent_lately(customer, now) >= MOST_IN_AN_HOUR),
    )
    return next((outcome for outcome, speaks_against in reasons if speaks_against()), Outcome.WAITING)


def sent_lately(customer, now):
    """How many acknowledgements a customer got within the last hour."""
    lately = Acknowledging.objects.filter(outcome=Outcome.SENT, done_at__gt=now - timedelta(hours=1))
    return lately.filter(ticket__customer=customer).count()
