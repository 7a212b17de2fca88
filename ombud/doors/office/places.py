"""Countries and regions with known public holidays, found by their names in the reader's language."""

import unicodedata

from ombud.foundation.clock.words import place
from ombud.lib.working_time import countries, regions
from ombud.ui.locales import reader_locale

MOST = 12


def places_called(text):
    """[{value: "ES-MD", label: "Spain · Madrid"}] whose country or region begins with each of the words."""
    wanted = _plain(text).split()
    if not wanted:
        return []
    found = [one for one in _every() if all(_begins(word, one["said"]) for word in wanted)]
    found.sort(
        key=lambda one: (
            not one["country"].startswith(wanted[0]),
            one["country"],
            one["region"] != "",
            one["label"],
        )
    )
    return [{"value": one["value"], "label": one["label"]} for one in found[:MOST]]


def _every():
    named = reader_locale().territories
    for country in countries():
        words = _plain(f"{named.get(country, country)} {country}")
        yield {"value": country, "label": place(country, {}), "country": words, "region": "", "said": words}
        for code, name in regions(country).items():
            value = f"{country}-{code}"
            yield {
                "value": value,
                "label": place(value, {value: name}),
                "country": words,
                "region": name,
                "said": f"{words} {_plain(name)} {code.lower()}",
            }


def _begins(word, said):
    # Chinese has no spaces: there, a part of the name is enough.
    return said.startswith(word) or f" {word}" in said or (not word.isascii() and word in said)


def _plain(text):
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(mark for mark in apart if not unicodedata.combining(mark))
