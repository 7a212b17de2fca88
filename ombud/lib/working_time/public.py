"""Public holidays by country and region, from the `holidays` package, which is imported only when asked for.

It takes some 20 MB, so a process that never meets a calendar with public holidays never pays for it.
"""

from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

from ombud.lib.working_time.refusals import N_, Refused


@lru_cache(maxsize=512)
def public_holidays(country, subdivision, year):
    """The public holidays of a year: date → English name, observed days included.

    `Refused` if the country or region is unknown. Years that the package does not know have none: a country
    that announces its holidays late is known for fewer years ahead.
    """
    found = _place(country, subdivision)
    known = found.start_year <= year <= found.end_year
    return MappingProxyType(dict(_place(country, subdivision, years=year).items()) if known else {})


def countries():
    """Every country with known holidays: its ISO code → the codes of its regions."""
    known = _package().list_supported_countries(include_aliases=False)
    return {code: tuple(regions) for code, regions in sorted(known.items())}


def _place(country, subdivision, **more):
    package = _package()
    try:
        if country not in package.list_supported_countries():  # it would take any name of its own for one
            raise NotImplementedError
        return package.country_holidays(
            country, subdiv=subdivision or None, expand=False, language="en_US", **more
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
