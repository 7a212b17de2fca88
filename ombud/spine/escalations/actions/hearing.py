"""A customer writes in their room: a message in their ticket, like an answer by mail."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.spine.tickets import actions as tickets
from ombud.spine.tickets.models import Message, Ticket
from ombud.spine.tickets.said import Said

AGAIN = timedelta(minutes=10)  # the same words within this time were sent twice, not said twice
LONGEST = 20_000  # letters


@transaction.atomic
def hear(ticket, customer, text, *, now, attachments=()):
    """Take it in as their message; the same words and files sent twice are one. Raises ValidationError."""
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise ValidationError({"words": _("Write a few words.")})
    if len(text) > LONGEST:
        raise ValidationError({"words": _("This is too long. Please send it as a file.")})
    ticket = Ticket.objects.select_related("customer", "account", "mailbox", "case").get(pk=ticket.pk)
    said = Message.objects.filter(
        ticket=ticket,
        kind=Message.Kind.RECEIVED,
        by_customer=customer,
        text=text,
        created_at__gt=now - AGAIN,
    )
    enclosed = {file.sha256 for file in attachments}
    for found in said.prefetch_related("attachments"):
        if {file.sha256 for file in found.attachments.all()} == enclosed:
            return found
    words = Said(
        text=text,
        subject=ticket.subject,
        from_name=customer.name,
        from_address=customer.email,
        language=ticket.language,
        happened_at=now,
        attachments=list(attachments),
    )
    return tickets.receive(ticket, words, customer=customer, channel="portal", now=now)
