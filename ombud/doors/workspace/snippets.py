"""Search results with the words that were found, marked."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe

from ombud.spine.tickets.models import Message
from ombud.spine.tickets.words import asked, fold

AROUND = 70  # letters on each side of a hit


def of(tickets, typed):
    """Pairs of a ticket and the passage of its newest message in which a word stands (or None)."""
    terms = [word for word, _prefix in asked(typed)]
    said = {}
    rows = Message.objects.filter(ticket__in=tickets).order_by("-id").values_list("ticket_id", "text")
    for ticket_id, text in rows[:2000]:
        if ticket_id not in said and (passage := around(text, terms)):
            said[ticket_id] = passage
    return [(ticket, said.get(ticket.pk), marked(ticket.subject, terms)) for ticket in tickets]


def around(text, terms):
    """The passage around the first hit, marked; None when there is none."""
    spans = hits(text, terms)
    if not spans:
        return None
    start, end = max(0, spans[0][0] - AROUND), min(len(text), spans[0][1] + AROUND)
    passage = " ".join(text[start:end].split())
    return mark_safe(("…" if start else "") + marked(passage, terms) + ("…" if end < len(text) else ""))


def marked(text, terms):
    """Escaped text in which what was looked for is marked."""
    parts, at = [], 0
    for start, end in hits(text, terms):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))


def hits(text, terms):
    """Where the words stand, without accents and case, as spans that do not overlap."""
    flat, places = folded(text)
    spans = []
    for term in terms:
        for found in re.finditer(re.escape(term), flat):
            if found.start() and flat[found.start() - 1].isalnum() and term.isascii():
                continue
            spans.append((places[found.start()], places[found.end() - 1] + 1))
    return _joined(sorted(spans))


def folded(text):
    """The text without accents and case, and the place in the text of each of its letters."""
    if text.isascii():  # letter by letter it would take most of a search page's time
        return text.lower(), range(len(text))
    letters = [(small, place) for place, letter in enumerate(text) for small in _fold(letter)]
    return "".join(small for small, _place in letters), [place for _small, place in letters]


_fold = lru_cache(maxsize=4096)(fold)


def _joined(spans):
    joined = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
