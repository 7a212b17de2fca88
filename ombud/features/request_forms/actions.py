"""Keeping kinds of request, and writing down what was answered."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import SHARE, require

from . import events
from .models import Answers, Ask, RequestKind

MOST = 20  # questions; nobody fills in more


@transaction.atomic
def keep_kind(*, kind=None, by, now, **fields):
    """Make a kind of request, or change one: names, abouts, questions, position, archived_at.

    Questions without a key get one. Raises ValidationError with a sentence.
    """
    if by is not None:
        require(by, SHARE)
    if unknown := set(fields) - {"names", "abouts", "questions", "position", "archived_at"}:
        raise TypeError(f"a kind of request has no {sorted(unknown)}")
    kind = kind or RequestKind(position=RequestKind.objects.count())
    for field, value in fields.items():
        setattr(kind, field, value)
    if not any(kind.names.values()):
        raise ValidationError(_("Give it a name in one language at least."))
    kind.questions = [_whole(question) for question in kind.questions]
    if len(kind.questions) > MOST:
        raise ValidationError(_("Ask at most %(many)s questions.") % {"many": MOST})
    kind.save()
    events.KIND_CHANGED.record(by=by, now=now, kind=kind.pk, fields=sorted(fields))
    return kind


def _whole(question):
    if question["ask"] not in Ask.values:
        raise ValidationError(_("There is no such sort of question."))
    if not any(question["labels"].values()):
        raise ValidationError(_("Write each question in one language at least."))
    if question["ask"] == Ask.CHOICE and len(question["choices"]) < 2:
        raise ValidationError(_("A choice needs two answers at least."))
    return {
        "key": question.get("key") or secrets.token_hex(4),
        "ask": question["ask"],
        "required": bool(question["required"]),
        "labels": question["labels"],
        "helps": question.get("helps", {}),
        "choices": question["choices"] if question["ask"] == Ask.CHOICE else [],
    }


@transaction.atomic
def answer(ticket, kind, values, *, now):
    """Write down what the customer answered when they asked. What was answered already stays."""
    asked = kind.questions
    known = {question["key"] for question in asked}
    _row, new = Answers.objects.get_or_create(
        ticket=ticket,
        defaults={
            "kind": kind,
            "questions": asked,
            "values": {key: value for key, value in values.items() if key in known},
            "answered_at": now,
        },
    )
    if new:
        events.ANSWERED.record(case=ticket.case_id, now=now, ticket=ticket.pk, kind=kind.pk)
