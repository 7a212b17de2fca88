"""The search index: one row of words for each message, in FTS5 on SQLite and a tsvector on PostgreSQL.

Only the newest HITS are looked at: whoever searches a common word wants what was said lately.
"""

from django.db import connection
from django.db.models import Q

from .words import asked, words_of

HITS = 2000
CHUNK = 200  # tickets that are looked at together, to see whether the reader may see them


def index(messages):
    """Write the words of messages into the index; what was there of them is replaced."""
    rows = [(message.pk, " ".join(words_of(_all_words(message)))) for message in messages]
    forget([pk for pk, _words in rows])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Without positions: nothing is ranked, and smaller rows are read faster when hits are looked for.
            cursor.executemany(
                "INSERT INTO tickets_words (message_id, words) VALUES (%s, strip(to_tsvector('simple', %s)))",
                rows,
            )
        else:
            cursor.executemany("INSERT INTO tickets_words (rowid, words) VALUES (%s, %s)", rows)


def forget(message_ids):
    """Take messages out of the index, such as those whose words were erased."""
    column = "message_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM tickets_words WHERE {column} = %s", [(pk,) for pk in message_ids])


def _all_words(message):
    ticket = message.ticket
    people = [*message.to, *message.cc]
    return " ".join(
        (
            str(ticket.number),
            ticket.subject,
            message.subject,
            message.from_name,
            message.from_address,
            *(f"{name} {address}" for name, address in people),
            message.text,
            *(attachment.name for attachment in message.attachments.all()),
        )
    )


def search(tickets, text, limit=50):
    """Those of `tickets` in which every word was said, the one with the newest hit first.

    Words are looked for whole, the last one also as a beginning; a number finds its ticket before all.
    """
    wanted = list(tickets.filter(number=_number(text)).values_list("pk", flat=True)) if _number(text) else []
    found = [pk for pk in _found(text) if pk not in wanted]
    for at in range(0, len(found), CHUNK):
        if len(wanted) >= limit:
            break
        some = found[at : at + CHUNK]
        theirs = set(tickets.filter(pk__in=some).values_list("pk", flat=True))
        wanted += [pk for pk in some if pk in theirs]
    wanted = wanted[:limit]
    # Whole rows only of what is shown: a common word is in thousands of tickets.
    rows = tickets.select_related("customer", "account", "assignee", "team").in_bulk(wanted)
    return [rows[pk] for pk in wanted if pk in rows]


def narrow(tickets, text):
    """Those of `tickets` that `search` would find, in whatever order and number the caller wants them."""
    return tickets.filter(Q(pk__in=_found(text)) | Q(number=_number(text)))


def said_in(text, after=0, limit=1000):
    """Ids of messages beyond `after` in which every word was said, whole: for who must find them all.

    They come in the order of their ids, so that one goes on where one stopped.
    """
    # A single Chinese character is in the index only as the beginning of a pair, or at the end of a run.
    terms = [(word, prefix and not word.isascii() and len(word) == 1) for word, prefix in asked(text)]
    if not terms:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query = " & ".join(f"'{word}':*" if prefix else f"'{word}'" for word, prefix in terms)
            cursor.execute(BEYOND, [query, after, limit])
        else:
            query = " ".join(f'"{word}"*' if prefix else f'"{word}"' for word, prefix in terms)
            hits = "SELECT rowid FROM tickets_words WHERE tickets_words MATCH %s AND rowid > %s"
            cursor.execute(f"{hits} ORDER BY rowid LIMIT %s", [query, after, limit])
        return [row[0] for row in cursor.fetchall()]


def _number(text):
    number = text.strip().lstrip("#")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 15 else 0


def _found(text):
    """Ids of tickets, the one with the newest hit first."""
    terms = asked(text)
    if not terms:
        return []
    with connection.cursor() as cursor:
        (_ask_postgres if connection.vendor == "postgresql" else _ask_sqlite)(cursor, terms)
        return [row[0] for row in cursor.fetchall()]


def _ask_sqlite(cursor, terms):
    query = " ".join(f'"{word}"*' if prefix else f'"{word}"' for word, prefix in terms)
    hits = "SELECT rowid FROM tickets_words WHERE tickets_words MATCH %s ORDER BY rowid DESC LIMIT %s"
    cursor.execute(TICKETS.format(f"IN ({hits})"), [query, HITS])


def _ask_postgres(cursor, terms):
    """Two statements: in one, PostgreSQL reads the keys of every message to find two thousand of them."""
    query = " & ".join(f"'{word}':*" if prefix else f"'{word}'" for word, prefix in terms)
    hits = "SELECT message_id FROM tickets_words WHERE words @@ %s::tsquery ORDER BY message_id DESC LIMIT %s"
    cursor.execute(hits, [query, HITS])
    cursor.execute(TICKETS.format("= ANY(%s)"), [[row[0] for row in cursor.fetchall()]])


TICKETS = "SELECT ticket_id FROM tickets_message WHERE id {} GROUP BY ticket_id ORDER BY MAX(id) DESC"
# Asked in one, PostgreSQL may walk through the ids of every message instead of its index of words.
BEYOND = """
WITH hits AS MATERIALIZED (SELECT message_id FROM tickets_words WHERE words @@ %s::tsquery)
SELECT message_id FROM hits WHERE message_id > %s ORDER BY message_id LIMIT %s
"""
