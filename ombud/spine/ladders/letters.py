"""The mail to somebody behind a rung: what burns, who did not have it, and one button."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from ombud.foundation.people.models import Company
from ombud.foundation.post import actions as post
from ombud.foundation.post.queries import default_mailbox
from ombud.ui.values import comma

from .tokens import make_token
from .words import also_words, what_words, why_words


def call(telling, climb, now):
    """Put the mail for one telling into the post; None while the desk has no mailbox. It leaves at once."""
    mailbox, company = default_mailbox(), Company.ours()
    if mailbox is None:
        return None
    person = telling.person
    language = person.language or (company.language if company else settings.LANGUAGE_CODE)
    zone = person.time_zone or (company.time_zone if company else settings.TIME_ZONE)
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        said = _words(telling, climb, company, now)
        return post.send(
            key=f"climb:{telling.pk}",
            case=None,
            mailbox=mailbox,
            kind="notice",
            to=[[person.name, person.email]],
            subject=f"{said['sentence']} · {said['about']}",
            text=render_to_string("ladders/call.txt", said),
            html=render_to_string("ladders/call.html", said),
            now=now,
        )


def _words(telling, climb, company, now):
    ticket = climb.ticket
    base = company.address.rstrip("/") if company and company.address else ""
    return {
        "language": translation.get_language(),
        "sentence": why_words(climb),
        "what": what_words(climb, now),
        "also": also_words(climb),
        "about": f"#{ticket.number} {ticket.subject}".strip(),
        "customer": comma().join(
            filter(None, (str(ticket.customer), ticket.account and ticket.account.name))
        ),
        "rung": telling.rung,
        "rungs": len(climb.plan["rungs"]),
        "ladder": climb.ladder.name,
        "again": telling.round > 1,
        "have": link(base, settings.HAVE_PAGE, make_token(telling)),
        "link": link(base, settings.TICKET_PAGE, ticket.number),
    }


def link(base, page, *args):
    """Where the desk shows it, in full; nothing while nobody has said where the desk is reached."""
    try:
        return base + reverse(page, args=args) if base else ""
    except NoReverseMatch:  # a desk without that door
        return ""
