"""The mail: one part for each escalation, no words of a customer and none of a ticket."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ombud.foundation.notice_mail.words import Words, link
from ombud.foundation.notifications.kinds import named
from ombud.ui.times import when_words

from .notices import MORNING
from .queries import MOST


def letter_of(found, round_):
    """The letter in the active language and zone."""
    count = len(found)
    told = {
        "language": translation.get_language(),
        "sentence": ngettext(
            "%(num)s of your escalations changed", "%(num)s of your escalations changed", count
        )
        % {"num": count},
        "parts": [_part(one, round_) for one in found[:MOST]],
        "more": _("%(num)s more stand on the desk.") % {"num": count - MOST} if count > MOST else "",
        "choose": link(round_.company, settings.NOTICE_WAYS_PAGE),
        "meaning": named(MORNING).meaning,
        "brand": round_.mailbox.name or (round_.company.name if round_.company else ""),
    }
    return Words(
        subject=told["sentence"],
        text=render_to_string("mornings/morning.txt", told),
        html=render_to_string("mornings/morning.html", told),
    )


def _part(one, round_):
    escalation = one.escalation
    return {
        "name": f"{escalation} {escalation.title}",
        "whose": str(escalation.account or escalation.customer),
        "leader": escalation.manager.name if escalation.manager else _("nobody"),
        "stands": _stands(escalation, round_.now),
        "late": bool(escalation.late_at),
        "lines": [(when_words(at, round_.now), words) for at, words in one.lines],
        "link": link(round_.company, settings.ESCALATION_PAGE, escalation.number),
    }


def _stands(escalation, now):
    if not escalation.is_open:
        return _("It is over.")
    if escalation.waived_until:
        return _("No update is due until %(time)s.") % {"time": when_words(escalation.waived_until, now)}
    due = when_words(escalation.next_update_at, now)
    if escalation.next_update_at <= now:
        return _("The update due %(due)s is still owed.") % {"due": due}
    return _("The next update is due %(time)s.") % {"time": due}
