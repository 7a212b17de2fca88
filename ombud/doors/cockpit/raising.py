"""What is proposed when a ticket is escalated, and doing all of it at once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ombud.foundation.people.models import Customer, Person
from ombud.foundation.people.permissions import ANSWER, may
from ombud.spine.escalations import actions, queries
from ombud.spine.escalations.cadence import next_word
from ombud.spine.escalations.models import Involved, Stakeholder
from ombud.spine.escalations.routing import who_leads
from ombud.spine.tickets.queries import undone

from . import opening

MOST = 12  # tickets and people that are offered


def leaders():
    """Who of ours may lead one: who answers customers."""
    return [one for one in Person.objects.working().order_by("name") if may(one, ANSWER)]


def falls_to(ticket, reason, now):
    """To whom it falls when nobody is named, and why; the reason may not be chosen yet."""
    return who_leads(now, reason=reason, account=ticket.account)


def falls_words(falls):
    """“Emil Okafor: whose turn it is in Escalations.”"""
    if falls.person is None:
        return _("Nobody who leads escalations is there now.")
    return _("%(name)s: %(why)s. They are told at once.") % {"name": falls.person.name, "why": falls.why}


def proposed(ticket, severity, reason):
    """Whom one could tell: the person, as what, why, from which severity on, and whether now."""
    now_asked = {one.pk for one, _part in queries.proposed_stakeholders(ticket.account, severity, reason)}
    every = queries.proposed_stakeholders(ticket.account, "critical", "executive")
    return [
        {
            "person": person,
            "role": part,
            "label": Stakeholder.Role(part).label,
            "why": _why(part, ticket.account),
            "from": {"informed": "high", "sponsor": "critical"}.get(str(part), ""),
            "checked": person.pk in now_asked,
        }
        for person, part in every
    ]


def _why(part, account):
    Part = Stakeholder.Role
    if part == Part.LEAD:
        return _("leads the desk")
    if part == Part.INFORMED:
        return _("when the severity is high, or an executive wrote")
    if part == Part.SPONSOR:
        return _("when it is critical, or an executive wrote")
    return _("looks after %s") % account.name if account else ""


def others_of(ticket, visible):
    """Other open tickets of the same account that could join, which this person may see."""
    if ticket.account_id is None:
        return visible.none()
    taken = Involved.objects.filter(left_at=None).values("ticket")
    same = undone(visible).filter(account=ticket.account_id).exclude(pk=ticket.pk)
    return same.exclude(pk__in=taken).order_by("-last_message_at")


def contacts_of(ticket):
    """The account's other people."""
    if ticket.account_id is None:
        return []
    return list(Customer.objects.filter(account=ticket.account_id).exclude(pk=ticket.customer_id)[:MOST])


def next_at(ticket, severity, urgency, now):
    """By when they hear from us after the first word."""
    zone = zone_of(ticket)
    return next_word(severity, urgency, now, zone), zone


def zone_of(ticket):
    """The customer's zone, before there is an escalation."""
    return queries.zone_of(ticket)


def first_message(ticket, severity, urgency, leader, now):
    """The message that is ready to send, and the time that it promises."""
    at, zone = next_at(ticket, severity, urgency, now)
    return opening.message(ticket, leader.name if leader else "", at, zone), at


@transaction.atomic
def raise_with(ticket, said, contacts, *, by, now):
    """Raise it with everything the form said: who is told, which tickets join, what the customer hears."""
    parts = {one["person"].pk: one["role"] for one in proposed(ticket, said["severity"], said["reason"])}
    escalation = actions.raise_one(
        ticket,
        reason=said["reason"],
        by=by,
        now=now,
        title=said["title"],
        severity=said["severity"],
        urgency=said["urgency"],
        impact=said["impact"],
        at_risk=said["at_risk"],
        manager=said["manager"],
        stakeholders=[(one, parts.get(one.pk, Stakeholder.Role.INFORMED)) for one in said["told"]],
    )
    for other in said["also"]:
        actions.join(escalation, other, by=by, now=now)
    for customer, role in contacts:
        actions.add_contact(escalation, customer, role, by=by, now=now)
    return escalation, _first_word(escalation, said, by, now)


def _first_word(escalation, said, by, now):
    words = said["message"].strip()
    if not words or not may(by, ANSWER):
        return None
    if said["say"] != "now":
        actions.save_update_draft(escalation, by=by, now=now, process=words)
        return None
    at = _promised(said, escalation, now)
    return actions.send_update(escalation, process=words, next_at=at, by=by, now=now)


def _promised(said, escalation, now):
    """The time that the message names; sooner, if it became graver while the form was open."""
    usual = next_word(escalation.severity, escalation.urgency, now, queries.zone_of(escalation))
    try:
        named = datetime.fromisoformat(said["next_at"])
    except ValueError:
        return usual
    return min(named, usual) if timezone.is_aware(named) and named > now else usual
