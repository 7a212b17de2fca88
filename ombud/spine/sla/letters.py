"""The digest as a letter: one line for each promise, no words of a ticket."""

from dataclasses import dataclass

from babel.dates import format_timedelta
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.foundation.notice_mail.words import Words, link
from ombud.foundation.notifications.kinds import named
from ombud.ui.locales import reader_locale
from ombud.ui.times import when_words

from .notices import DIGEST, how_far, so_many

MOST = 50  # lines that somebody reads; the others stand on the desk


@dataclass(frozen=True)
class Line:
    """A promise as it is told: what, to whom, how late, and who holds its ticket."""

    number: int
    subject: str
    customer: str
    what: str
    due: str
    late: str
    holder: str
    link: str


def letter_of(owed, good, round_):
    """The letter in the active language and zone, about promises in their order; `good` were made good."""
    broken = sum(promise.broken_at is not None for promise in owed)
    told = {
        "language": translation.get_language(),
        "sentence": so_many(broken, len(owed) - broken),
        "lines": [_line(promise, round_) for promise in owed[:MOST]],
        "more": _more(len(owed) - MOST),
        "good": _good(good),
        "choose": link(round_.company, settings.NOTICE_WAYS_PAGE),
        "meaning": named(DIGEST).meaning,
        "brand": round_.mailbox.name or (round_.company.name if round_.company else ""),
    }
    return Words(
        subject=told["sentence"],
        text=render_to_string("sla/digest.txt", told),
        html=render_to_string("sla/digest.html", told),
    )


def _line(promise, round_):
    ticket = promise.ticket
    account = ticket.account or ticket.customer.account
    return Line(
        number=ticket.number,
        subject=ticket.subject,
        customer=" · ".join(filter(None, (str(ticket.customer), account and account.name))),
        what=promise.get_kind_display(),
        due=when_words(promise.due_at, round_.now),
        late=_late(promise, round_.now),
        holder=ticket.assignee.name if ticket.assignee else _("nobody"),
        link=link(round_.company, settings.TICKET_PAGE, ticket.number),
    )


def _late(promise, now):
    if promise.due_at > now:
        return _("due %(when)s") % {"when": how_far(promise.due_at, now)}
    late = format_timedelta(now - promise.due_at, threshold=1, locale=reader_locale())
    return _("%(time)s late") % {"time": late}


def _more(count):
    if count <= 0:
        return ""
    return ngettext("and %(count)s more", "and %(count)s more", count) % {"count": count}


def _good(count):
    if not count:
        return ""
    words = ngettext(
        "%(count)s more was made good meanwhile.", "%(count)s more were made good meanwhile.", count
    )
    return words % {"count": count}
