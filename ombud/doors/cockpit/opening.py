"""The first word to an escalated customer, ready to send in their language: that it was escalated, to whom,
and when they hear from us next. Never our reason, and nothing from inside."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.utils import translation
from django.utils.translation import gettext as _

from ombud.ui.locales import reader_locale


def message(ticket, leader, next_at, zone):
    """The words, for one of ours to read and change. `next_at` is said on the customer's clock."""
    language = ticket.language or ticket.customer.language or translation.get_language()
    with translation.override(language):
        name = ticket.customer.name
        lead = (
            _("Your request has been escalated. %(name)s leads it from now on, until it is solved.")
            % {"name": leader}
            if leader
            else _("Your request has been escalated. From now on it is led in person until it is solved.")
        )
        return "\n\n".join(
            [
                _("Hello %(name)s,") % {"name": name} if name else _("Hello,"),
                lead,
                _("You hear from us next by %(time)s, whether or not there is news.")
                % {"time": spoken_time(next_at, zone)},
            ]
        )


def spoken_time(at: datetime, zone):
    """A time on the customer's clock, with its day and place: “Friday 20 November, 09:00 (Canary)”."""
    local, place = at.astimezone(ZoneInfo(zone)), zone.rpartition("/")[2].replace("_", " ")
    locale = reader_locale()
    pattern = {"zh": "M月d日EEEE HH:mm", "en": "EEEE d MMMM, HH:mm"}.get(
        locale.language, "EEEE d MMMM, HH:mm"
    )
    return f"{format_datetime(local, pattern, locale=locale)} ({place})"
