"""Who of ours is told of what customers ask and answer."""

from ombud.foundation.notifications.actions import tell

from .queries import leading, listening


def tell_asking(asking, now):
    """A customer asks for an escalation: who has the ticket is told, and who leads its team."""
    ticket = asking.ticket
    people = listening(ticket)
    tell(people, "escalation_wanted", case=ticket.case, key=f"wanted:{asking.pk}", now=now)


def tell_proposed(solution, by, now):
    """Who signs off is told that there is something to look at."""
    escalation = solution.escalation
    key = f"solution proposed:{solution.pk}"
    tell(leading(escalation), "escalation_proposed", case=escalation.case, key=key, now=now, by=by)


def tell_answered(solution, by, now):
    """Who leads it is told that the customer accepted."""
    escalation = solution.escalation
    key = f"solution accepted:{solution.pk}"
    tell(leading(escalation), "escalation_accepted", case=escalation.case, key=key, now=now, by=by)
