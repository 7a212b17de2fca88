"""A customer asks for an escalation, or for somebody higher (M19)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ombud.foundation.people.permissions import NOTE, require
from ombud.spine.escalations import events, queries
from ombud.spine.escalations.models import Asking, Escalation, How, RaisedAtOnce, Reason
from ombud.spine.escalations.telling import tell_asking
from ombud.spine.ladders import actions as ladders
from ombud.spine.ladders.queries import ladder_for

from .acting import act
from .raising import raise_one

AGAIN = timedelta(minutes=10)  # who presses twice within this time does not climb two rungs


@transaction.atomic
def ask(ticket, *, customer, how, now, reason="", quote=""):
    """They ask; the asking, answered at once where it can be.

    In an open escalation its ladder is climbed now and its manager told. Without one, an account whose word
    is enough gets one; anybody else's asking is shown to who has the ticket, and climbs the ladder that
    begins with it, if there is one. A second asking before the first was answered adds its words, and one
    that comes just after it does nothing more.
    """
    quote = quote.strip()
    if reason and reason not in Reason.values:
        raise ValidationError({"reason": _("Say why: choose a reason.")})
    open_one = Asking.objects.filter(ticket=ticket, settled_at=None).first()
    before = open_one or _just_now(ticket, now)
    if before:
        _add_words(before, quote, reason)
        if how == Asking.How.WORDS or (before.how != Asking.How.WORDS and now - before.asked_at < AGAIN):
            return before
    if open_one and open_one.how == Asking.How.WORDS:  # what was only read in their words is said outright
        open_one.how = how
        open_one.save(update_fields=["how"])
    asking = open_one or Asking.objects.create(
        ticket=ticket, customer=customer, how=how, reason=reason, quote=quote, asked_at=now
    )
    if open_one is None:
        events.ASKED.record(
            case=ticket.case_id, now=now, ticket=ticket.pk, asking=asking.pk, how=str(asking.how)
        )
    found = queries.open_on([ticket.pk]).get(ticket.pk)
    at_once = is_at_once(ticket)
    if found and how == Asking.How.WORDS and not at_once:  # words may be misread: who leads it looks first
        act(found, "escalation_asked", f"asked:{asking.pk}", now=now)
    elif found:
        _go_higher(asking, found, now)
    elif at_once:
        # It joins an escalation by this, which settles the asking.
        raise_one(ticket, reason=reason or Reason.UNHEARD, by=None, now=now, how=How.CUSTOMER)
    else:
        _told_to_ours(asking, now)
    return asking


def is_at_once(ticket):
    """Whether the word of this customer's company is enough."""
    return ticket.account_id is not None and RaisedAtOnce.objects.filter(account=ticket.account_id).exists()


def _just_now(ticket, now):
    """What they asked a moment ago, and what was done at once."""
    answered = Asking.objects.filter(ticket=ticket, asked_at__gt=now - AGAIN, settled_by=None)
    return answered.exclude(outcome=Asking.Outcome.DISMISSED).order_by("-asked_at").first()


def _add_words(asking, quote, reason):
    if quote and quote not in asking.quote:
        asking.quote = f"{asking.quote}\n\n{quote}".strip()
    asking.reason = asking.reason or reason
    asking.save(update_fields=["quote", "reason"])


def _go_higher(asking, escalation, now):
    climb_for_them(asking.ticket, now)
    act(escalation, "escalation_asked", f"asked:{asking.pk}:{now.timestamp()}", now=now)
    settle(asking, Asking.Outcome.CLIMBED, escalation=escalation, by=None, now=now)


def climb_for_them(ticket, now):
    """Somebody higher is told now: the climb that runs, or the ladder that begins when a customer asks."""
    if ticket.climbs.open().exists():
        return ladders.climb_now(ticket, by=None, now=now)
    ladder = ladder_for(ticket, "asked")
    return ladder and ladders.start(ladder, ticket, why="asked", now=now)


def _told_to_ours(asking, now):
    if asking.how != Asking.How.WORDS:  # words may be misread: one of ours looks first
        climb_for_them(asking.ticket, now)
    tell_asking(asking, now)


@transaction.atomic
def settle(asking, outcome, *, by, now, escalation=None):
    """It was answered: escalated, taken higher, or it was none."""
    if by is not None:
        require(by, NOTE)
    settled = Asking.objects.filter(pk=asking.pk, settled_at=None)
    if settled.update(settled_at=now, settled_by=by, outcome=Asking.Outcome(outcome), escalation=escalation):
        events.ASKING_SETTLED.record(
            case=asking.ticket.case_id,
            by=by,
            now=now,
            ticket=asking.ticket_id,
            asking=asking.pk,
            outcome=str(Asking.Outcome(outcome)),
        )


def settle_raised(ticket_id, escalation_id, *, now):
    """The ticket belongs to an escalation now: what was asked is done."""
    for asking in Asking.objects.filter(ticket=ticket_id, settled_at=None).select_related("ticket"):
        escalation = Escalation.objects.get(pk=escalation_id)
        settle(asking, Asking.Outcome.RAISED, escalation=escalation, by=None, now=now)
