"""Finding promises in a text, in every language that we write."""

from dataclasses import dataclass
from datetime import datetime

from . import chinese, english, french, spanish
from .moments import due
from .sentences import sentences

LANGUAGES = (english, spanish, french, chinese)
LONGEST_QUOTE = 300


@dataclass(frozen=True)
class Promised:
    """What was said, and when it is due (UTC); `ours`: it was said on our own clock, not the customer's."""

    quote: str
    due_at: datetime
    ours: bool = False


def find(text, said_at, zone, our_zone=None):
    """What the writer of a text promised and by when, in the order of the text, each time once.

    Times are on the clock of `zone`, the customer's where it is known; of `our_zone` where the text says so.
    Questions, conditions, hedges and what is quoted are no promises: rather one too few than one too many.
    """
    found = {}
    for sentence in sentences(text):
        for language in LANGUAGES:
            promised = _promised(sentence, language, said_at, zone, our_zone)
            if promised:
                found.setdefault(promised.due_at, promised)
                break
    return list(found.values())


def _promised(sentence, language, said_at, zone, our_zone):
    if language.REFUSES.search(sentence):
        return None
    ours = bool(our_zone and language.OUR_TIME.search(sentence))
    for start, end, before in _clauses(sentence, language):
        for window in (sentence[start:end], sentence[before:start]):
            at = due(_words(window, language), said_at, our_zone if ours else zone)
            if at:
                return Promised(sentence[:LONGEST_QUOTE], at, ours)
    return None


def _clauses(sentence, language):
    """(where a commitment begins, where the next does, where the one before ended)."""
    starts = [match.start() for match in language.COMMITS.finditer(sentence)]
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(sentence)
        yield start, end, starts[index - 1] if index else 0


def _words(window, language):
    """The words for times in it; what one pattern has read no later one reads again."""
    found, rest = [], window
    for pattern, read in language.TIMES:
        for match in pattern.finditer(rest):
            word = read(match)
            if word is not None:
                found.append((match.start(), word))
        rest = pattern.sub(lambda match: "\0" * len(match[0]), rest)
    return [word for _at, word in sorted(found, key=lambda pair: pair[0])]
