"""A fix or a workaround: proposed, signed off inside, offered, accepted or declined (M47, M48)."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import ANSWER, NOTE, may, require
from ombud.spine.escalations import events, queries
from ombud.spine.escalations.changing import locked, require_open, require_run
from ombud.spine.escalations.models import Silence, Solution, Stage
from ombud.spine.escalations.telling import tell_answered, tell_proposed
from ombud.spine.escalations.words import still_owed
from ombud.spine.sla import actions as sla

from .acting import act
from .leading import reach
from .updates import send_update

KIND, ANSWERS, HOW = Solution.Kind, Solution.Answer, Solution.How


@transaction.atomic
def propose(escalation, kind, words, *, by, now, fix_due_at=None):
    """One of ours proposes a fix or a workaround, in words for the customer; nobody outside sees it yet.

    After a workaround the fix is owed by `fix_due_at`. What was proposed before and not answered is
    withdrawn. Raises ValidationError.
    """
    require(by, NOTE)
    escalation = locked(escalation)
    require_open(escalation)
    words = words.strip()
    if not words:
        raise ValidationError({"words": _("Say what the solution is, in words for the customer.")})
    if kind == KIND.WORKAROUND and (fix_due_at is None or fix_due_at <= now):
        raise ValidationError({"fix_due_at": _("After a workaround the fix is owed: say by when.")})
    for earlier in escalation.solutions.filter(answered_at=None, withdrawn_at=None):
        _withdraw(earlier, "", by, now)
    solution = Solution.objects.create(
        escalation=escalation,
        kind=KIND(kind),
        words=words,
        proposed_by=by,
        proposed_at=now,
        fix_due_at=fix_due_at if kind == KIND.WORKAROUND else None,
    )
    _log(events.PROPOSED, solution, by, now, kind=str(solution.kind))
    tell_proposed(solution, by, now)
    return solution


@transaction.atomic
def sign_off(solution, *, by, now):
    """It is good enough to be offered: the customer is told in their threads, and may accept or decline.

    The letters are the next update. After a workaround the fix has a promise from now on.
    """
    solution, escalation = _own(solution)
    require_run(by, escalation)
    require(by, ANSWER)
    if solution.offered_at or solution.answered_at or solution.withdrawn_at:
        raise ValidationError(_("This was signed off or withdrawn already."))
    ticket = queries.main_ticket(escalation)
    promised = still_owed(solution, ticket)
    send_update(escalation, process=solution.words, promises=promised, by=by, now=now, keeps_draft=True)
    if solution.fix_due_at:
        solution.fix_promise = sla.promise(ticket, solution.fix_due_at, solution.words, by=by, now=now)
    solution.signed_by, solution.offered_at = by, now
    solution.fires_at = now + timedelta(seconds=Silence.ours().remind_after)
    solution.save(update_fields=["signed_by", "offered_at", "fix_promise", "fires_at"])
    _log(events.OFFERED, solution, by, now, kind=str(solution.kind))


def take_back_offer(update, *, by, now):
    """The letters that offered a solution did not leave: it waits for the sign-off again.

    Says whether the update was such an offer.
    """
    offered = Solution.objects.waiting().filter(escalation=update.escalation_id, offered_at=update.sent_at)
    solution = offered.select_related("fix_promise", "escalation").first()
    if solution is None:
        return False
    promise = solution.fix_promise
    solution.signed_by = solution.offered_at = solution.fix_promise = solution.fires_at = None
    solution.save(update_fields=["signed_by", "offered_at", "fix_promise", "fires_at"])
    _log(events.OFFER_TAKEN_BACK, solution, by, now)
    if promise:
        sla.withdraw_word(promise, by=None, now=now)
    return True


@transaction.atomic
def withdraw(solution, why="", *, by, now):
    """It is none: not signed off, or it does not hold."""
    solution, escalation = _own(solution)
    if solution.proposed_by_id != by.pk:
        require_run(by, escalation)
    if solution.answered_at or solution.withdrawn_at:
        raise ValidationError(_("This was answered or withdrawn already."))
    _withdraw(solution, why.strip()[:300], by, now)


def _withdraw(solution, why, by, now):
    solution.withdrawn_at, solution.withdrawn_why, solution.fires_at = now, why, None
    solution.save(update_fields=["withdrawn_at", "withdrawn_why", "fires_at"])
    _log(events.WITHDRAWN, solution, by, now)
    if solution.fix_promise:
        sla.withdraw_word(solution.fix_promise, by=None, now=now)


@transaction.atomic
def accept(solution, *, now, customer=None, by=None, words=""):
    """The customer accepts: themselves, or one of ours writes down how they said so (in `words`).

    An investigated escalation is resolved by it. What a fix replaces is not owed any more.
    """
    solution, escalation = _answer(solution, ANSWERS.ACCEPTED, customer, by, words, now)
    _log(events.ACCEPTED, solution, by, now, how=str(solution.how))
    if solution.kind == KIND.FIX:
        for owed in escalation.solutions.owing().select_related("fix_promise"):
            _settle_fix(owed, "shipped", "", None, now)
    if escalation.stage == Stage.INVESTIGATED:
        reach(escalation, Stage.RESOLVED, by=None, now=now)
    tell_answered(solution, by, now)


@transaction.atomic
def decline(solution, *, now, customer=None, by=None, words=""):
    """The customer says: not yet. Who leads it is told, and the next update is due sooner."""
    solution, escalation = _answer(solution, ANSWERS.DECLINED, customer, by, words, now)
    _log(events.DECLINED, solution, by, now, how=str(solution.how))
    if solution.fix_promise:
        sla.withdraw_word(solution.fix_promise, by=None, now=now)
    act(escalation, "escalation_declined", solution.pk, now=now)


def read_silence(solution, *, now):
    """They did not answer in time, and the policy says that this means yes."""
    accept(solution, now=now)


@transaction.atomic
def settle_fix(solution, why="", *, by, now):
    """The fix that was owed after a workaround came, or the customer does not want it any more (`why`)."""
    solution, escalation = _own(solution)
    require_run(by, escalation)
    if solution.fix_settled_at is None:
        _settle_fix(solution, "waived" if why.strip() else "shipped", why.strip()[:300], by, now)


def _settle_fix(solution, how, why, by, now):
    solution.fix_settled_at, solution.fix_settled_why = now, why
    solution.save(update_fields=["fix_settled_at", "fix_settled_why"])
    _log(events.FIX_SETTLED, solution, by, now, how=how)
    if solution.fix_promise:
        settle = sla.withdraw_word if how == "waived" else sla.keep_word
        settle(solution.fix_promise, by=None, now=now)


def _own(solution):
    """The solution as it is now, in its locked escalation."""
    escalation = locked(solution.escalation)
    require_open(escalation)
    rows = Solution.objects.select_related("fix_promise", "proposed_by", "signed_by")
    solution = rows.get(pk=solution.pk)
    solution.escalation = escalation
    return solution, escalation


def _answer(solution, answer, customer, by, words, now):
    solution, escalation = _own(solution)
    words = words.strip()
    if by is not None:
        if not may(by, ANSWER):
            raise PermissionDenied(ANSWER)
        if not words:
            raise ValidationError({"words": _("Write down how the customer said so.")})
    if not solution.is_waiting:
        raise ValidationError(_("This was answered already. Thank you."))
    solution.answer, solution.answered_at, solution.answer_words = answer, now, words
    solution.answered_by, solution.written_by = customer, by
    solution.how = HOW.CUSTOMER if customer and by is None else HOW.TOLD if by else HOW.SILENCE
    solution.fires_at = None
    solution.save(
        update_fields=[
            "answer",
            "answered_at",
            "answer_words",
            "answered_by",
            "written_by",
            "how",
            "fires_at",
        ]
    )
    return solution, escalation


def _log(verb, solution, by, now, **data):
    escalation = solution.escalation
    verb.record(
        case=escalation.case_id, by=by, now=now, escalation=escalation.pk, solution=solution.pk, **data
    )
