"""An update as the customer gets it by mail: its parts, and by when they hear from us again (M14, M33)."""

from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.conf import settings
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ombud.foundation.people.branding import default_brand
from ombud.foundation.people.models import Company
from ombud.foundation.people.zones import place_of, zone_of
from ombud.foundation.post import actions as post
from ombud.lib.mail import html_of, subject_core
from ombud.spine.tickets.theirs import brand_of
from ombud.ui.locales import reader_locale


def letter(update, ticket, next_at, now):
    """(plain text, HTML, the sheet of its mail) in the language that is active.

    Times are on this ticket's customer's clock.
    """
    parts = [
        (_("Where it stands"), update.process),
        (_("What it means for you"), update.impact),
        (_("What we promised"), update.promises),
    ]
    parts = [(heading, words) for heading, words in parts if words]
    if len(parts) == 1:
        parts = [("", parts[0][1])]
    time = their_time(next_at, ticket, now)
    again = _("You hear from us again by {time}, with news or without it.").format(time=time)
    text = "\n\n".join(f"{heading}\n{words}" if heading else words for heading, words in parts)
    html = "".join(
        (f"<p><b>{escape(heading)}</b></p>" if heading else "") + html_of(words) for heading, words in parts
    )
    return f"{text}\n\n{again}", f"{html}<p><b>{escape(again)}</b></p>", _sheet(update, ticket, parts, time)


def _sheet(update, ticket, parts, time):
    """How the mail is drawn. The number is the ticket's: customers know of no other."""
    brand, company = brand_of(ticket) or default_brand(), Company.ours()
    number = f"#{ticket.number}"
    title = subject_core(ticket.subject)
    counted = _("update %(number)s") % {"number": update.number}
    return post.Sheet(
        brand=brand.name or (company.name if company else ""),
        accent=brand.accent,
        title=title or number,
        about=f"{number} · {counted}" if title else counted,
        parts=tuple(parts),
        again=(_("You hear from us again by {time}").format(time=time), _("With news or without it.")),
        button=_("Open your case"),
        reach=_("Just answer this mail: it reaches everybody who works on it."),
        language=get_language() or settings.LANGUAGE_CODE,
    )


def their_time(at, ticket, now):
    """“16:00, Las Palmas”, or with the day where it is another one."""
    company = Company.ours()
    zone = zone_of(ticket.customer, ticket.account)
    zone = zone or ZoneInfo(company.time_zone if company else settings.TIME_ZONE)
    local = at.astimezone(zone)
    time = f"{local:%H:%M}"
    if local.date() != now.astimezone(zone).date():
        time = f"{format_date(local, 'full', locale=reader_locale())}, {time}"
    return _("{time}, {place}").format(time=time, place=place_of(zone))
