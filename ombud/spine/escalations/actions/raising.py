"""Raising an escalation, and which tickets belong to it."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ombud.foundation.events.models import Case
from ombud.foundation.people.permissions import NOTE, require
from ombud.spine.escalations import events, queries, routing
from ombud.spine.escalations.cadence import first_word
from ombud.spine.escalations.changing import locked, require_open, set_update
from ombud.spine.escalations.models import Contact, Escalation, How, Involved, Reason
from ombud.spine.escalations.models.escalations import FIRST
from ombud.spine.tickets.models import Level
from ombud.spine.tickets.models.levels import priority_of

from .leading import assign
from .people import tell_stakeholder


@transaction.atomic
def raise_one(
    ticket,
    *,
    reason,
    by,
    now,
    how=How.AGENT,
    title="",
    severity=None,
    urgency=None,
    impact="",
    at_risk=None,
    manager=None,
    team=None,
    stakeholders=None,
):
    """Make an escalation of a ticket. Anybody of ours may; it never happens twice for one ticket.

    The first word of a person to the customer is due at once by severity; `stakeholders` are pairs of a
    person and as what (None: as the account, the severity and the reason propose). `manager` and `team` None:
    to whom the account's tier and the reason lead, see `routing.who_leads`. Raises ValidationError.
    """
    if by is not None:
        require(by, NOTE)
    if reason not in Reason.values:
        raise ValidationError({"reason": _("Say why: choose a reason.")})
    severity, urgency = Level(severity or ticket.severity), Level(urgency or ticket.urgency)
    escalation = _new(ticket, severity, urgency, now)
    escalation.title = (title or ticket.subject).strip()[:200]
    escalation.reason, escalation.how, escalation.raised_by = reason, how, by
    escalation.team = team or routing.team_for(reason)
    escalation.impact, escalation.at_risk = impact.strip(), at_risk
    escalation.save()
    events.RAISED.record(
        case=escalation.case_id,
        by=by,
        now=now,
        escalation=escalation.pk,
        tickets=[ticket.pk],
        reason=reason,
        how=how,
    )
    _involve(escalation, ticket, by, now, is_main=True)
    Contact.objects.create(escalation=escalation, customer=ticket.customer, role=Contact.Role.REQUESTER)
    if manager is None:
        manager = routing.who_leads(now, reason=reason, account=ticket.account, team=team).person
    assign(escalation, manager, by=by, now=now)
    if stakeholders is None:
        stakeholders = queries.proposed_stakeholders(ticket.account, severity, reason)
    for person, part in stakeholders:
        tell_stakeholder(escalation, person, part, by=by, now=now)
    return escalation


def _new(ticket, severity, urgency, now):
    """What an escalation takes from its ticket; its first word to the customer is due."""
    escalation = Escalation(
        case=Case.objects.create(kind="escalation"),
        number=_next_number(),
        raised_at=now,
        severity=severity,
        urgency=urgency,
        priority=priority_of(severity, urgency),
        account=ticket.account,
        customer=ticket.customer,
        currency=ticket.account.currency if ticket.account else "EUR",
    )
    set_update(escalation, first_word(severity, urgency, now, queries.zone_of(escalation)), now)
    return escalation


@transaction.atomic
def join(escalation, ticket, *, by, now):
    """Another ticket has to do with it: its customer hears from us in its own thread from now on."""
    if by is not None:
        require(by, NOTE)
    escalation = locked(escalation)
    require_open(escalation)
    _involve(escalation, ticket, by, now)
    Contact.objects.get_or_create(
        escalation=escalation, customer=ticket.customer, defaults={"role": Contact.Role.REQUESTER}
    )


@transaction.atomic
def part(escalation, ticket, *, by, now):
    """A ticket does not belong to it. The last one stays: an escalation without a ticket tells nobody."""
    if by is not None:
        require(by, NOTE)
    escalation = locked(escalation)
    rows = escalation.involved.filter(left_at=None)
    if not rows.exclude(ticket=ticket).exists():
        raise ValidationError(_("It is the only ticket. De-escalate instead."))
    if rows.filter(ticket=ticket).update(left_at=now, is_main=False):
        if not rows.filter(is_main=True).exists():
            first = rows.order_by("joined_at", "id").first()
            rows.filter(pk=first.pk).update(is_main=True)
        events.PARTED.record(case=ticket.case_id, by=by, now=now, escalation=escalation.pk, ticket=ticket.pk)


def _involve(escalation, ticket, by, now, is_main=False):
    try:
        with transaction.atomic():
            Involved.objects.create(
                escalation=escalation, ticket=ticket, is_main=is_main, by=by, joined_at=now
            )
    except IntegrityError:
        there = queries.open_on([ticket.pk]).get(ticket.pk)
        raise ValidationError(
            _("#%(ticket)s belongs to %(escalation)s already.")
            % {"ticket": ticket.number, "escalation": there or "—"}
        ) from None
    events.JOINED.record(case=ticket.case_id, by=by, now=now, escalation=escalation.pk, ticket=ticket.pk)


def _next_number():
    """On PostgreSQL two who raise at once wait for each other here: it happens a few times a day."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE escalations_escalation IN SHARE ROW EXCLUSIVE MODE")
    return (Escalation.objects.aggregate(last=Max("number"))["last"] or FIRST - 1) + 1
