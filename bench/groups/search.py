"""Searching: the product's own search, against the bare question to the index."""

from django.db import connection

from bench.figures import Figure
from bench.seed.words import COMMON, RARE
from bench.timing import p95, sample
from bench.visits import somebody
from ombud.spine.tickets import queries
from ombud.spine.tickets.search import HITS, search

WORDS = {
    "rare word": RARE,
    "common word": COMMON["en"],
    "two words": "label customs",
    "beginning of a word": "lab",
    "Chinese": COMMON["zh-hans"],
}


def measure(wanted):
    tickets = queries.visible_to(somebody())
    for name, words in list(WORDS.items())[: 2 if wanted.quick else None]:
        taken = sample(lambda words=words: search(tickets, words), wanted)
        bare = sample(lambda words=words: _bare(words), wanted, seconds=2)
        found = len(search(tickets, words))
        yield Figure(
            f"search, {name}, p95",
            round(p95(taken), 2),
            "ms",
            round(p95(bare), 3),
            "ms index",
            f"{found} tickets shown",
        )


def _bare(words):
    """Only the index: as many of the newest hits as the product looks at."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT message_id FROM tickets_words WHERE words @@ plainto_tsquery('simple', %s) LIMIT %s",
                [words, HITS],
            )
        else:
            cursor.execute(
                "SELECT rowid FROM tickets_words WHERE tickets_words MATCH %s LIMIT %s",
                [" ".join(f'"{word}"' for word in words.split()), HITS],
            )
        return cursor.fetchall()
