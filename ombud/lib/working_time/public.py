"""Public holidays by country and region, from the `holidays` package, which is imported only when asked for.

It takes some 20 MB, so a process that never meets a calendar with public holidays never pays for it.
"""

from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

from ombud.lib.working_time.refusals import N_, Refused

ENGLISH = "en_US"


@lru_cache(maxsize=512)
def public_holidays(country, subdivision, year, language="en"):
    """The public holidays of a year: date → name, observed days included.

    The names are in the language (en, es, fr, zh-hans …) if they are known in it, else in English.

    `Refused` if the country or region is unknown. Years that the package does not know have none: a country
    that announces its holidays late is known for fewer years ahead.
    """
    found = _place(country, subdivision)
    if not found.start_year <= year <= found.end_year:
        return MappingProxyType({})
    spoken = _spoken(found.supported_languages, language)
    return MappingProxyType(dict(_place(country, subdivision, years=year, language=spoken).items()))


def make_up_days(country, subdivision, year):
    """Days of a weekend that are worked in a year, to make up for a holiday (China)."""
    found = _place(country, subdivision, years=year)
    return sorted(day for day in getattr(found, "weekend_workdays", ()) if day.year == year)


def countries():
    """Every country with known holidays: its ISO code → the codes of its regions."""
    known = _package().list_supported_countries(include_aliases=False)
    return {code: tuple(regions) for code, regions in sorted(known.items())}


def regions(country):
    """The regions of a country by their own names: code → name, or the code where there is no name."""
    found = _place(country, "")
    names = {code: code for code in found.subdivisions}
    for name, code in getattr(found, "subdivisions_aliases", {}).items():
        if names.get(code) == code:
            names[code] = name
    return names


def _spoken(known, language):
    wanted = {"zh-hans": "zh_CN", "en": ENGLISH}.get(language, language)
    return wanted if wanted in known else ENGLISH


def _place(country, subdivision, *, language=ENGLISH, **more):
    package = _package()
    try:
        if country not in package.list_supported_countries():  # it would take any name of its own for one
            raise NotImplementedError
        return package.country_holidays(
            country, subdiv=subdivision or None, expand=False, language=language, **more
        )
    except NotImplementedError:
        place = f"{country}-{subdivision}" if subdivision else country
        raise Refused("holidays", N_("no public holidays are known for {place}"), place=place) from None


def _package():
    try:
        return import_module("holidays")
    except ImportError:
        raise Refused(
            "holidays",
            N_("public holidays need the Python package holidays; it is missing, bin/serve installs it"),
        ) from None
