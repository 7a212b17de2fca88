"""Promises made in words by one of ours."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import ANSWER, require
from ombud.spine.sla.models import Kind

from .keeping import begin_late, book_of


def promise(ticket, due_at, words, *, by, now):
    """Something was promised to the customer for a time ("I call you tomorrow by three"): it gets a clock."""
    require(by, ANSWER)
    if due_at <= now:
        raise ValidationError(_("Choose a time that is still to come."))
    with transaction.atomic():
        begin_late(ticket, now=now, by=by)
        return _give_word(ticket, due_at, words, by, now)


def _give_word(ticket, due_at, words, by, now):
    with book_of(ticket.pk, now=now, by=by) as book:
        return book.gave_word(now, due_at, " ".join(words.split())[:300], by)


def keep_word(promise, *, by, now):
    """It was done. `by` None: something that happened settles it."""
    if by is not None:
        require(by, ANSWER)
    _settle(promise, by, now, "kept_word")


def withdraw_word(promise, *, by, now):
    """It does not hold any more; the log says who took it back, None when something that happened did."""
    if by is not None:
        require(by, ANSWER)
    _settle(promise, by, now, "withdrew_word")


def _settle(promise, by, now, deed):
    if promise.kind != Kind.WORD:
        raise ValidationError(_("Only what was promised in words is settled by hand."))
    with book_of(promise.ticket_id, now=now, by=by) as book:
        found = next(one for one in book.promises if one.pk == promise.pk)
        if found.ended_at is None:
            getattr(book, deed)(found, now)
