"""Numbers, money, sizes and monograms as a reader wants them."""

import unicodedata
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, format_decimal, get_currency_precision
from django.template.defaultfilters import filesizeformat
from django.utils.translation import pgettext
from markupsafe import Markup

from ombud.ui.locales import reader_locale

CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


def number(value):
    """A number with the reader's separators: 10,000."""
    return format_decimal(value, locale=reader_locale())


def money(minor, currency):
    """An amount in minor units of an ISO 4217 currency: 8400000, EUR → €84,000."""
    places = get_currency_precision(currency)
    amount = Decimal(minor) / 10**places
    if amount != int(amount):
        return format_currency(amount, currency, locale=reader_locale())
    pattern = reader_locale().currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(amount, currency, format=pattern, currency_digits=False, locale=reader_locale())


def comma():
    """What stands between the parts of a list in the reader's language."""
    return pgettext("between the parts of a list", ", ")


def listed(parts):
    """Words one after the other, as a list is written: Ada, Lin; 阿达、林."""
    return Markup(comma()).join(parts)


def filesize(size):
    """A size in bytes: 14 KB."""
    return filesizeformat(size)


@lru_cache(maxsize=4096)
def initials(name):
    """The monogram of a name: AL for Ada Lindqvist, 林 for 林晓雯, ? for nobody."""
    words = [word for word in str(name or "").replace("@", " ").split() if word[0].isalnum()]
    if len(words) > 2 and words[0].endswith("."):
        words = words[1:]  # Dr. Anneliese Hofmann is AH
    if not words:
        return "?"
    if unicodedata.name(words[0][0], "").startswith(CJK):
        return words[0][0]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
