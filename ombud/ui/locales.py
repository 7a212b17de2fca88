"""The reader's language as Babel knows it."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language, to_locale

# Day before month and 24 hours: support across countries reads "12 Oct", never "10/12".
PREFERRED = {"en": "en_GB", "en_US": "en_GB"}


@cache
def _locale(code):
    name = to_locale(code)
    return Locale.parse(PREFERRED.get(name, name))


def reader_locale():
    """The Babel locale of the language that is active now."""
    return _locale(get_language() or "en")
