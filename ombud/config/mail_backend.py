"""Django's way to send a mail leads into the post: kept, retried, and seen in the outbox like any other."""

import uuid

from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.html import linebreaks, urlize

from ombud.foundation.post import actions, queries, stationery


class Post(BaseEmailBackend):
    """Puts each message into the default mailbox's post. Raises ValidationError while there is no mailbox."""

    def send_messages(self, email_messages):
        for message in email_messages:
            send(message)
        return len(email_messages)


def send(message):
    mailbox = queries.default_mailbox()
    text, html = message.body, linebreaks(urlize(message.body, autoescape=True))
    if mailbox:
        text, html = stationery.signed(text, html, mailbox)
    actions.send(
        key=f"account:{uuid.uuid4()}",
        case=None,
        mailbox=mailbox,
        kind="notice",
        to=[["", address] for address in message.to],
        subject=message.subject,
        text=text,
        html=html,
        now=timezone.now(),
    )
