"""Public numbers, from 1001; and the signed form of one that stands in mail addresses and Message-IDs."""

from django.conf import settings
from django.db import connection
from django.db.models import Max

from ombud.lib.mail.tokens import make_token, read_token

from .models import Ticket

FIRST = 1001


def next_number():
    """A number nobody has."""
    return next_numbers(1)[0]


def next_numbers(count):
    """Numbers nobody has. On PostgreSQL from a sequence, so that workers do not wait for each other."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('tickets_number') FROM generate_series(1, %s)", [count])
            return [row[0] for row in cursor.fetchall()]
    # SQLite has one writer, and we are it: transactions begin IMMEDIATE.
    last = Ticket.objects.aggregate(last=Max("number"))["last"] or FIRST - 1
    return list(range(last + 1, last + 1 + count))


def token_of(ticket):
    """What a mail about this ticket carries so that its answer finds the way back."""
    return make_token(settings.SECRET_KEY.encode(), ticket.number)


def number_from(text):
    """The ticket number signed into an address or a list of Message-IDs; None for none, or a forged one."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        number = read_token(key.encode(), text)
        if number:
            return number
    return None
