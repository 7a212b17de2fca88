"""The mail that asks: one question, a link for each number, and how to reach a person."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from ombud.foundation.people.branding import base_address
from ombud.foundation.post import actions as post
from ombud.foundation.post.queries import default_mailbox
from ombud.lib.colours import accents
from ombud.spine.tickets.numbers import token_of
from ombud.spine.tickets.speaking import called

from . import wording
from .links import brand_of, link

# RFC 3834: so that no machine answers a machine, and no absent person answers a survey.
AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def mailbox_of(ask):
    """The mailbox from which this customer is asked; None while the desk has none."""
    mailbox = ask.ticket.mailbox if ask.ticket_id else None
    return mailbox if mailbox and mailbox.archived_at is None else default_mailbox()


def can_leave(ask):
    """Whether a letter could be written: there is a mailbox, and links lead somewhere."""
    return mailbox_of(ask) is not None and bool(base_address(brand_of(ask)))


def send(ask, now, *, again=False):
    """Put the letter of an ask into the post: the invitation, or the one reminder."""
    mailbox, ticket = mailbox_of(ask), ask.ticket
    with translation.override(wording.language_for(ticket, ask.customer)):
        said = told(
            ask.survey, ask.customer, ticket, brand_of(ask), lambda score=None: link(ask, score), again
        )
        return post.send(
            key=f"survey:{ask.pk}:{'again' if again else 'ask'}",
            case=(ticket or ask.customer).case,
            mailbox=mailbox,
            kind="survey",
            to=[[ask.customer.name, ask.customer.email]],
            subject=said["subject"],
            text=render_to_string("surveys/ask.txt", said),
            html=render_to_string("surveys/ask.html", said),
            reply_token=token_of(ticket) if ticket and ask.survey.when != "round" else "",
            from_name=said["brand"] if mailbox.name == "" else "",
            headers=AUTOMATIC,
            now=now,
        )


def told(survey, customer, ticket, brand, link_to, again=False):
    """Everything that the HTML and the plain text both say, in the language that is active."""
    name = called(customer.name)
    number = ticket.number if ticket and survey.when != "round" else None
    words = wording.asked(survey, subject=ticket.subject if ticket else "", company=brand.name)
    scale, (day, night) = survey.scale, accents(brand.accent)
    subject = wording.subject_of(survey, number, brand.name)
    return {
        "language": translation.get_language(),
        "subject": _("A reminder: %(subject)s") % {"subject": subject} if again else subject,
        "brand": brand.name,
        "day": day,
        "night": night,
        "greeting": _("Hello %(name)s,") % {"name": name} if name else _("Hello,"),
        "words": words,
        "again": again,
        "numbers": [(number, link_to(number)) for number in scale.numbers],
        "lowest": scale.lowest,
        "highest": scale.highest,
        "page": link_to(),
        "anonymous": survey.anonymous,
        "answers_reach_us": number is not None,
    }
