"""What templates call `_`: Django's catalogues, each sentence looked up once in each language.

Jinja's own `_` takes three calls for a sentence, and fills it in even when there is nothing to fill in.
A list says hundreds.
"""

from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as look_up
from markupsafe import Markup, escape

ALL = 16384  # some thousand sentences in a handful of languages: none is ever looked up twice


def gettext(sentence, **values):
    """For templates: the sentence in the reader's language, its `%(name)s` filled in and escaped."""
    if values:
        # What Markup would do with each value, four times as fast.
        return Markup(said(sentence) % {name: _filled(value) for name, value in values.items()})
    return _safe(sentence, get_language())


def _filled(value):
    return value if isinstance(value, int | float) else escape(value)


def said(sentence):
    """For Python, and for words that often come: the sentence in the reader's language."""
    return _said(sentence, get_language())


@lru_cache(ALL)
def _said(sentence, language):
    return look_up(sentence)


@lru_cache(ALL)
def _safe(sentence, language):
    return Markup(look_up(sentence)) % {}  # %% means one, as it does in a sentence with values
