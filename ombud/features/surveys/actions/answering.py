"""Taking an answer: once for each invitation, changed for a while, never by looking at a page."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.features.surveys import asking, events, following
from ombud.features.surveys.models import Answer, Ask, When
from ombud.features.surveys.queries import hiding_place

CHANGEABLE = timedelta(days=7)  # after the first answer
LONGEST = 5_000  # letters of words


class Gone(Exception):
    """The link was ours and opens nothing (any more). `why`: expired, revoked, answered, closed."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


def opened(pk, now):
    """(ask, its answer or None) of a link that still opens something, for showing. Raises Gone.

    Of an anonymous survey the answer is never known. An answered one is shown for as long as it can be
    changed, and raises Gone("closed") afterwards.
    """
    return _opened(Ask.objects, pk, now)


def _opened(asks, pk, now):
    known = (
        "survey",
        "customer__account",
        "customer__case",
        "ticket__mailbox__brand",
        "ticket__account",
        "escalation",
    )
    ask = asks.select_related(*known).filter(pk=pk).first()
    if ask is None or ask.sent_at is None or ask.revoked_at:
        raise Gone("revoked")
    answer = Answer.objects.filter(ask=ask).select_related("survey", "promise__by").first()
    if answer:
        if now > changeable_until(answer):
            raise Gone("closed")
        return ask, answer
    if ask.state == Ask.State.ANSWERED:
        raise Gone("answered")
    if now > ask.expires_at:
        raise Gone("expired")
    return ask, None


def changeable_until(answer):
    """When an answer is final."""
    return answer.answered_at + CHANGEABLE


@transaction.atomic
def answer(pk, score, words="", *, language, now):
    """The customer of an ask answers, or changes the answer; the row is locked, so one ask has one answer.

    `score` is a number of the survey's scale. Raises Gone when the link opens nothing any more,
    ValidationError for what is no score.
    """
    ask, found = _opened(Ask.objects.select_for_update(of=("self",)), pk, now)
    if score not in ask.survey.scale.numbers:
        raise ValidationError({"score": _("Choose a number.")})
    words = words.strip()[:LONGEST]
    if ask.survey.anonymous:
        return _count_anonymously(ask, score, words, language, now)
    return _change(found, score, words, now) if found else _first(ask, score, words, language, now)


def _first(ask, score, words, language, now):
    ticket, customer = ask.ticket, ask.customer
    account = (ticket.account if ticket else None) or customer.account
    answer = Answer.objects.create(
        survey=ask.survey,
        ask=ask,
        customer=customer,
        ticket=ticket,
        escalation=ask.escalation,
        team_id=ticket.team_id if ticket and ask.survey.when != When.ROUND else None,
        tier=account.tier if account else "",
        score=score,
        words=words,
        language=language,
        answered_at=now,
    )
    _settle(ask)
    events.ANSWERED.record(case=asking.case_of(ask), now=now, **_said(answer))
    following.follow_up(answer, now=now)
    return answer


def _change(answer, score, words, now):
    old = answer.score
    if (old, answer.words) == (score, words):
        return answer
    answer.score, answer.words, answer.changed_at = score, words, now
    answer.save(update_fields=["score", "words", "changed_at"])
    events.CHANGED.record(case=asking.case_of(answer.ask), now=now, old=old, **_said(answer))
    following.follow_up(answer, now=now)
    return answer


def _said(answer):
    survey = answer.survey
    about = {"survey": survey.pk, "kind": survey.kind, "ask": answer.ask_id, "answer": answer.pk}
    return {**about, "score": answer.score, "bad": answer.is_bad}


def _count_anonymously(ask, score, words, language, now):
    """Nothing leads from the answer to who gave it: no customer, no ticket, only the month."""
    tier, team = hiding_place(ask)
    answer = Answer.objects.create(
        survey=ask.survey,
        score=score,
        words=words,
        language=language,
        tier=tier,
        team_id=team,
        answered_at=now.replace(day=1, hour=12, minute=0, second=0, microsecond=0),  # in every zone
    )
    _settle(ask)
    events.ANSWERED_ANONYMOUSLY.record(now=now, survey=ask.survey_id)
    return answer


def _settle(ask):
    ask.state, ask.due_at = Ask.State.ANSWERED, None
    ask.save(update_fields=["state", "due_at"])
