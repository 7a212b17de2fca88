"""The house's own first word to customers (M8): received, and what happens next."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.post import actions as post
from ombud.foundation.post.queries import default_mailbox
from ombud.spine.tickets.models import Message, Ticket
from ombud.spine.tickets.numbers import token_of
from ombud.spine.tickets.queries import ids_before_each

from .writing import words_of_ours


@dataclass(frozen=True)
class FirstWord:
    """One acknowledgement: a finished letter to the ticket's customer, who must have an address."""

    ticket: Ticket
    subject: str
    text: str
    html: str


@transaction.atomic
def acknowledge_many(first_words, *, now):
    """Acknowledge tickets with few statements for all of them; the messages are the answer."""
    messages = Message.objects.bulk_create(_message(word, now) for word in first_words)
    before = ids_before_each([word.ticket for word in first_words])
    otherwise = default_mailbox() if any(word.ticket.mailbox is None for word in first_words) else None
    letters = post.send_many(
        [
            _letter(word, message, before.get(word.ticket.pk, []), word.ticket.mailbox or otherwise)
            for word, message in zip(first_words, messages, strict=True)
        ],
        now=now,
    )
    for message, letter in zip(messages, letters, strict=True):
        message.letter, message.message_id = letter, letter.message_id
    Message.objects.bulk_update(messages, ["letter", "message_id"])
    return messages


def _message(word, now):
    customer = word.ticket.customer
    if not customer.email:
        raise ValidationError(_("Say who this goes to: there is no address yet."))
    to = [[customer.name, customer.email]]
    kind = Message.Kind.ACKNOWLEDGEMENT
    return words_of_ours(word.ticket, kind, word.text, "", by=None, now=now, to=to, subject=word.subject)


def _letter(word, message, before, mailbox):
    return post.Outgoing(
        key=f"acknowledgement:{message.pk}",
        case=word.ticket.case,
        mailbox=mailbox,
        kind="acknowledgement",
        to=message.to,
        subject=message.subject,
        text=word.text,
        html=word.html,
        in_reply_to=before[-1] if before else "",
        references=before,
        reply_token=token_of(word.ticket),
    )
