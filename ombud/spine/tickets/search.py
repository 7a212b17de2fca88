"""The search index: one row of words for each message, in FTS5 on SQLite and a tsvector on PostgreSQL.

Only the newest HITS are looked at: whoever searches a common word wants what was said lately.
"""

from django.db import connection
from django.db.models import Q

from .models import Message
from .words import asked, words_of

HITS = 2000


def index(messages):
    """Write the words of messages into the index; what was there of them is replaced."""
    rows = [(message.pk, " ".join(words_of(_all_words(message)))) for message in messages]
    forget([pk for pk, _words in rows])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO tickets_words (message_id, words) VALUES (%s, to_tsvector('simple', %s))", rows
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
    by_ticket = _found(text)
    order = sorted(by_ticket, key=by_ticket.get, reverse=True)
    answer = _numbered(tickets, text)
    for at in range(0, len(order), 200):
        some = tickets.select_related("customer", "account", "assignee", "team").in_bulk(order[at : at + 200])
        answer += [some[pk] for pk in order[at : at + 200] if pk in some and some[pk] not in answer]
        if len(answer) >= limit:
            break
    return answer[:limit]


def narrow(tickets, text):
    """Those of `tickets` that `search` would find, in whatever order and number the caller wants them."""
    return tickets.filter(Q(pk__in=list(_found(text))) | Q(number=_number(text)))


def _found(text):
    """Ticket ids, each with its newest hit."""
    terms, newest = asked(text), {}
    if not terms:
        return newest
    hits = Message.objects.filter(pk__in=_newest_hits(terms)).values_list("pk", "ticket_id")
    for message_id, ticket_id in hits:
        newest[ticket_id] = max(message_id, newest.get(ticket_id, 0))
    return newest


def _number(text):
    number = text.strip().lstrip("#")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 15 else 0


def _numbered(tickets, text):
    number = _number(text)
    if not number:
        return []
    return list(tickets.filter(number=number).select_related("customer", "account", "assignee", "team"))


def _newest_hits(terms):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            query = " & ".join(f"'{word}':*" if prefix else f"'{word}'" for word, prefix in terms)
            cursor.execute(
                "SELECT message_id FROM tickets_words WHERE words @@ %s::tsquery"
                " ORDER BY message_id DESC LIMIT %s",
                [query, HITS],
            )
        else:
            query = " ".join(f'"{word}"*' if prefix else f'"{word}"' for word, prefix in terms)
            cursor.execute(
                "SELECT rowid FROM tickets_words WHERE tickets_words MATCH %s ORDER BY rowid DESC LIMIT %s",
                [query, HITS],
            )
        return [row[0] for row in cursor.fetchall()]
