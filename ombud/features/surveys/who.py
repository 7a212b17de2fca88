"""Who may be asked, and why somebody is not."""

from datetime import timedelta
from hashlib import sha256

from django.db.models import Q

from ombud.foundation.events.models import Event
from ombud.foundation.post.queries import is_our_address
from ombud.spine.escalations.models import Escalation
from ombud.spine.sla.queries import facts_of
from ombud.spine.sla.terms import unmet
from ombud.spine.tickets import events as tickets
from ombud.spine.tickets.models import Message

from .models import Ask, When

SPAM = "spam"  # the tag that people put on what no customer wrote
SAMPLES = 10_000
BOUNCED_LATELY = timedelta(days=90)  # an address that refused mail since then is not tried with a survey


def is_drawn(survey, subject):
    """Whether something belongs to a survey's sample: the same answer for ever, whatever is restarted."""
    return draw(survey.pk, subject) < survey.sampling * SAMPLES // 100


def draw(survey_pk, subject):
    """A number below SAMPLES that depends on nothing but its arguments."""
    digest = sha256(f"ombud survey {survey_pk} {subject}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % SAMPLES


def fits(survey, ticket):
    """Whether a survey's conditions hold for a ticket as it is now."""
    conditions = dict(survey.conditions)
    teams = conditions.pop("teams", None)
    if teams and ticket.team_id not in teams:
        return False
    return not unmet(conditions, facts_of(ticket))


def open_escalation(ask):
    """An open escalation of the ticket, the customer or their account; None when there is none."""
    customer = ask.customer
    involved = Q(customer=customer) | Q(contacts__customer=customer)
    if ask.ticket_id:
        involved |= Q(involved__ticket=ask.ticket_id, involved__left_at=None)
    accounts = {customer.account_id, ask.ticket.account_id if ask.ticket_id else None} - {None}
    if accounts:
        involved |= Q(account__in=accounts)
    return Escalation.objects.open().filter(involved).first()


def why_not(ask, now):
    """The code of what speaks against asking; empty when nothing does."""
    reasons = (
        ("archived", lambda: ask.survey.archived_at is not None),
        ("no_address", lambda: not ask.customer.email),
        ("blocked", lambda: ask.customer.blocked_at is not None),
        ("ours", lambda: is_our_address(ask.customer.email)),
        ("bounced", lambda: _bounced(ask, now)),
        *([] if ask.survey.when != When.RESOLVED else _of_ticket(ask.ticket, ask.customer_id)),
        ("together", lambda: _another_goes_first(ask)),
        ("lately", lambda: _asked_lately(ask, now)),
    )
    return next((why for why, speaks_against in reasons if speaks_against()), "")


def _of_ticket(ticket, customer):
    return (
        ("merged", lambda: ticket.merged_into_id is not None),
        ("reopened", lambda: ticket.resolved_at is None),
        ("moved", lambda: ticket.customer_id != customer),
        ("spam", lambda: ticket.tags.filter(name=SPAM).exists()),
        ("machine", lambda: _by_machine(ticket)),
    )


def _by_machine(ticket):
    """Whether nobody but machines ever wrote to us on it."""
    said = Message.objects.filter(ticket=ticket, kind=Message.Kind.RECEIVED)
    return said.filter(auto=True).exists() and not said.filter(auto=False).exists()


def _bounced(ask, now):
    came_back = (tickets.BOUNCED.name, tickets.REPLY_FAILED.name)
    lately = Event.objects.filter(verb__in=came_back, happened_at__gt=now - BOUNCED_LATELY)
    return lately.filter(case__ticket__customer=ask.customer_id).exists()


def _another_goes_first(ask):
    """After an escalation a person is asked once for all: about it, else what was planned last."""
    if ask.held_at is None or ask.escalation_id:
        return False
    others = Ask.objects.filter(customer=ask.customer_id).exclude(pk=ask.pk)
    waiting = others.filter(state=Ask.State.WAITING)
    return (
        waiting.filter(Q(escalation__isnull=False) | Q(held_at__isnull=False, pk__gt=ask.pk)).exists()
        or others.filter(sent_at__gte=ask.held_at).exists()
    )


def _asked_lately(ask, now):
    since = now - timedelta(days=ask.survey.quiet)
    return Ask.objects.filter(customer=ask.customer_id, sent_at__gt=since).exclude(pk=ask.pk).exists()
