"""What a notice says by mail: the sentence, what it is about, and the way there. No words of a ticket."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from ombud.foundation.notifications.kinds import named, sentence


@dataclass(frozen=True)
class Words:
    """A finished letter."""

    subject: str
    text: str
    html: str


def told(notice, round_):
    """The letter in the active language; None when what it is about is not (any more) theirs to see."""
    kind = named(notice.kind)
    about = kind.about(notice)
    if about is None:
        return None
    said = sentence(notice, round_.now)
    told = {
        "language": translation.get_language(),
        "sentence": said,
        "about": about,
        "link": link(round_.company, settings.NOTICE_PAGE, notice.pk),
        "choose": link(round_.company, settings.NOTICE_WAYS_PAGE),
        "meaning": kind.meaning,
        "brand": round_.mailbox.name or (round_.company.name if round_.company else ""),
    }
    return Words(
        subject=f"{said} · {about}" if about else said,
        text=render_to_string("notice_mail/notice.txt", told),
        html=render_to_string("notice_mail/notice.html", told),
    )


def link(company, page, *args):
    """Where the desk shows it; nothing while nobody has said where the desk is reached."""
    if not (company and company.address):
        return ""
    try:
        return company.address.rstrip("/") + reverse(page, args=args)
    except NoReverseMatch:  # a desk without that door
        return ""
