"""Customers who were offered a solution and say nothing: reminded once, then read as the policy says."""

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from ombud.foundation.notifications.actions import tell
from ombud.spine.tickets import actions as tickets

from . import events, queries
from .actions.solutions import read_silence
from .models import Silence, Solution


def work_solutions(now):
    """Do what is due on one batch of offered solutions; says how many were taken."""
    rows = Solution.objects.select_related("escalation__case", "escalation__manager", "escalation__customer")
    return rows.work_through(now, _fire, limit=50)


def _fire(solution, now):
    if not solution.is_waiting:
        return
    policy = Silence.ours()
    until = solution.offered_at + timedelta(seconds=policy.until)
    if solution.reminded_at is None and now < until:
        _remind(solution, until, now)
    elif policy.then == Silence.Then.ACCEPT:
        read_silence(solution, now=now)
    else:
        escalation = solution.escalation
        key = f"solution unanswered:{solution.pk}"
        tell(queries.leading(escalation), "escalation_unanswered", case=escalation.case, key=key, now=now)


def _remind(solution, until, now):
    """One more word to the customer, in the main thread and in their language."""
    solution.reminded_at, solution.fires_at = now, until
    solution.save(update_fields=["reminded_at", "fires_at"])
    escalation = solution.escalation
    ticket = queries.main_ticket(escalation)
    if ticket is None:
        return
    with translation.override(ticket.language or ticket.customer.language or translation.get_language()):
        words = _(
            "Did this solve it? Tell us yes or not yet, by the link below or as an answer to this mail:"
            "\n\n%(solution)s"
        ) % {"solution": solution.words}
        tickets.reply(ticket, by=None, text=words, status=None, now=now)
    events.REMINDED.record(case=escalation.case_id, now=now, escalation=escalation.pk, solution=solution.pk)
