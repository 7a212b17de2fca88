"""Quick replies: whose there are, and their placeholders filled in for a ticket."""

import re

from django.db.models import Q
from django.utils.html import escape

from ombud.foundation.people.models import Company

from .models import QuickReply

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def replies_for(person):
    """The quick replies a person may use: everyone's, their teams' and their own."""
    teams = person.teams.values("pk")
    whose = Q(owner=None, team=None) | Q(owner=person) | Q(team__in=teams)
    return QuickReply.objects.filter(whose, archived_at=None)


def fill(quick_reply, ticket, person):
    """The words with what is known put in, as HTML. A placeholder that nobody knows stays to be seen."""
    known = placeholders(ticket, person)
    return PLACEHOLDER.sub(lambda found: escape(known.get(found[1], found[0])), quick_reply.html)


def placeholders(ticket, person):
    """What each placeholder means on this ticket, for this writer."""
    customer, company = ticket.customer, Company.ours()
    name = customer.name or customer.email
    return {
        "customer": name,
        "first_name": first_name(name),
        "email": customer.email,
        "account": ticket.account.name if ticket.account else "",
        "number": f"#{ticket.number}",
        "subject": ticket.subject,
        "agent": person.name,
        "agent_first_name": first_name(person.name),
        "team": ticket.team.name if ticket.team else "",
        "company": company.name if company else "",
    }


def first_name(name):
    """What one calls somebody by; a Chinese name stays whole, an address gives what is before the @."""
    return name.partition("@")[0].split(" ")[0] if name else ""
