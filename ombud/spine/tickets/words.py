"""Words as the search index knows them: accents folded, Chinese as pairs of characters, small letters.

The same function prepares what is indexed and what is asked, so that both databases find the same things.
"""

import re
import unicodedata

LONGEST = 60  # a longer run of letters is no word but noise, such as a base64 line
MOST = 20_000  # words of one message; beyond that nobody searches
_RUNS = re.compile(r"[^\W_]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]+")


def words_of(text):
    """Every word to index. A run of Chinese gives its pairs of characters, and its last character alone."""
    return list(_indexed(text))[:MOST]


def _indexed(text):
    for run in _runs(text):
        if _WIDE.fullmatch(run):
            yield from _pairs(run)
            yield run[-1]
        else:
            yield run[:LONGEST]


def asked(text):
    """What to look for, as (word, is_prefix): the last word of Latin letters may still be being typed."""
    runs = _runs(text)
    terms = []
    for at, run in enumerate(runs):
        if _WIDE.fullmatch(run):
            terms += [(pair, False) for pair in _pairs(run)] or [(run, True)]
        else:
            terms.append((run[:LONGEST], at == len(runs) - 1))
    return list(dict.fromkeys(terms))


def _runs(text):
    runs = []
    for run in _RUNS.findall(fold(text)):
        at = 0
        for wide in _WIDE.finditer(run):
            if run[at : wide.start()]:
                runs.append(run[at : wide.start()])
            runs.append(wide.group())
            at = wide.end()
        if run[at:]:
            runs.append(run[at:])
    return runs


def _pairs(run):
    return [run[i : i + 2] for i in range(len(run) - 1)]


def fold(text):
    """Small letters without accents, full-width forms made narrow."""
    if text.isascii():  # most of what is written; it has nothing to decompose
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))
