"""What people of ours are told about promises: one nearly due, one that was broken, a list of them."""

from datetime import datetime

from babel.dates import format_timedelta
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ombud.foundation.notifications.kinds import Kind
from ombud.spine.tickets.queries import visible_to
from ombud.ui.locales import reader_locale
from ombud.ui.times import when_words

from .models import Kind as Promised
from .models import Promise
from .still import stands

NEAR, BROKEN, DIGEST = "promise_near", "promise_broken", "promise_digest"


def near(notice, now):
    """`First reply on #1042 is due in 24 minutes`; read later, that it was due."""
    due = datetime.fromisoformat(notice.data["due"])
    words = {"what": what(notice), "number": number(notice), "when": how_far(due, now)}
    if due > now:
        return gettext("%(what)s on #%(number)s is due %(when)s") % words
    return gettext("%(what)s on #%(number)s was due %(when)s") % words


def broken(notice, now):
    """`Promise broken on #1042: First reply, due 14:36`."""
    time = when_words(datetime.fromisoformat(notice.data["due"]), now)
    words = {"what": what(notice), "number": number(notice), "time": time}
    return gettext("Promise broken on #%(number)s: %(what)s, due %(time)s") % words


def digest(notice, now):
    """`5 promises were broken`."""
    return so_many(notice.data["broken"], notice.data["near"])


def so_many(broken, near):
    """How many promises were broken; if none was, how many are nearly due."""
    if broken:
        return ngettext("%(count)s promise was broken", "%(count)s promises were broken", broken) % {
            "count": broken
        }
    return ngettext("%(count)s promise is nearly due", "%(count)s promises are nearly due", near) % {
        "count": near
    }


def what(notice):
    """What was promised."""
    return str(Promised(notice.data["kind"]).label)


def number(notice):
    """The number of the ticket on which it was promised."""
    return notice.case.ticket.number


def how_far(at, now):
    """`in 24 minutes`, `3 hours ago`."""
    return format_timedelta(at - now, add_direction=True, threshold=1, locale=reader_locale())


def still_owed(notice):
    """The ticket's subject; None when it is not (any more) theirs to see, or nothing is owed any more."""
    promise = Promise.objects.filter(pk=notice.data["promise"]).first()
    if promise is None or not stands(promise, notice.data["due"]):
        return None
    return visible_to(notice.person).filter(pk=notice.case_id).values_list("subject", flat=True).first()


notices = (
    Kind(
        NEAR,
        _("What was promised on a ticket of mine is nearly due"),
        near,
        icon="timer",
        urgent=True,
        about=still_owed,
    ),
    Kind(
        BROKEN,
        _("What was promised on a ticket of mine was not kept in time"),
        broken,
        icon="octagon-alert",
        by_mail=True,
        urgent=True,
        about=still_owed,
    ),
    Kind(
        DIGEST,
        _("A list of the promises of my teams that were not kept in time"),
        digest,
        icon="clipboard-list",
        by_mail=True,
    ),
)
