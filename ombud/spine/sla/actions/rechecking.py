"""Looking again at what is owed, when something changed that holds for many tickets; a batch at a time."""

from ombud.spine.sla.models import Agreement, Promise
from ombud.spine.sla.queries import policies, policy_for
from ombud.spine.tickets.models import Ticket

from .keeping import book_of, terms_of

BATCH = 50  # on SQLite the write lock is held for a batch


def recheck_calendar(calendar_id, *, now):
    """Look again at every ticket on which something is owed by this calendar; says how many."""
    return _mark(Promise.objects.owed().filter(calendar=calendar_id), now)


def recheck_account(account_id, *, now):
    """Look again at every ticket of an account on which something is owed."""
    return _mark(Promise.objects.owed().filter(ticket__account=account_id), now)


def recheck_all(*, now):
    """Look again at every ticket on which something is owed: a policy is to hold for running tickets too."""
    return _mark(Promise.objects.owed(), now)


def _mark(promises, now):
    return Agreement.objects.filter(pk__in=promises.values("ticket_id")).update(recheck_at=now)


def recheck_due(now):
    """Look at one batch of tickets again; says how many were taken."""
    if Agreement.objects.nothing(now):
        return 0
    among = policies()
    return Agreement.objects.work_through(now, lambda row, now: _recheck(row, among, now), limit=BATCH)


def _recheck(agreement, among, now):
    ticket = Ticket.objects.select_related("account").get(pk=agreement.pk)
    policy = policy_for(ticket, among)
    version = policy and policy.version
    with book_of(ticket.pk, now=now) as book:
        book.agree(version, ticket.priority, terms_of(version), now, "policy")
        book.reckoned_anew(now)
