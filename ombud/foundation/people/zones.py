"""In which time zone somebody lives, and what that place is called."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import get_timezone_location
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ombud.ui.locales import reader_locale

# Where people say another city than the one that names the zone.
CITIES = {"Atlantic/Canary": N_("Las Palmas"), "Asia/Shanghai": N_("Beijing")}


def zone_of(customer, account=None):
    """The customer's own zone, else their account's; None where neither is known."""
    name = customer.time_zone or (account.time_zone if account else "")
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def place_of(zone):
    """A city of that zone, in the active language: “Las Palmas”, “北京”."""
    if zone.key in CITIES:
        return _(CITIES[zone.key])
    return get_timezone_location(zone, locale=reader_locale(), return_city=True)
